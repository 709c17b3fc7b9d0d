import AWSTransport
import HTTPTypes
import SigV4
import Testing

@Suite("The container endpoint")
struct ContainerCredentialsTests {
    private typealias Answer = ScriptedExchange.Answer
    private let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
    private let token = "AWS_CONTAINER_AUTHORIZATION_TOKEN"

    @Test("a relative URI is asked for at ECS's address, and temporary credentials come back")
    func relative() async throws {
        let http = ScriptedExchange([Answer(200, metadataDocument)])
        let variables = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/id?x=1"]
        let credentials = try await CredentialChain.sample(variables, http).load()
        #expect(http.sent.map(\.line) == ["GET http://169.254.170.2/v2/credentials/id?x=1"])
        #expect(http.sent.first?["authorization"] == nil)
        #expect(credentials.accessKeyID == "ASIAMETA")
        #expect(credentials.sessionToken == "t")
        #expect(credentials.expiresAt == TestClock.start.plus(6 * 3600))
    }

    @Test(
        "a full URI is asked over https anywhere, over http on this machine and the known addresses only",
        arguments: [
            ("https://creds.example.org/a", true), ("http://127.0.0.1:1338/a", true), ("http://127.9.9.9/", true),
            ("http://[::1]/a", true), ("http://localhost/a", true), ("http://169.254.170.2/a", true),
            ("http://169.254.170.23/v1", true), ("http://[fd00:ec2::23]/v1", true), ("http://10.0.0.1/a", false),
            ("http://127.0.0.1.evil.example/a", false), ("http://127.0.0.256/a", false),
            ("http://169.254.169.254/", false),
            ("http://127.0.0.1@evil.example/a", false), ("ftp://127.0.0.1/a", false), ("/a", false),
            ("http://127.0.0.1/a b", false),
        ]
    )
    func allowed(url: String, isAllowed: Bool) async throws {
        let http = ScriptedExchange([Answer(200, metadataDocument)])
        let credentials = try? await CredentialChain.sample([full: url], http).load()
        #expect((credentials != nil) == isAllowed)
        #expect(http.sent.map(\.line) == (isAllowed ? ["GET \(url)"] : []))
    }

    @Test("the token file wins over the token, loses its line end, and is read each time")
    func tokens() async throws {
        let http = ScriptedExchange([Answer(200, metadataDocument)])
        let variables = [full: "http://127.0.0.1/a", token: "plain", "\(token)_FILE": "/token"]
        _ = try await CredentialChain.sample(variables, files: ["/token": "from-file\r\n"], http).load()
        _ = try await CredentialChain.sample([full: "http://127.0.0.1/a", token: "plain"], http).load()
        #expect(http.sent.map { $0["authorization"] } == ["from-file", "plain"])
    }

    @Test("a token with a line break inside, or without its file, is refused before anything is sent")
    func badTokens() async throws {
        let http = ScriptedExchange([Answer(200, metadataDocument)])
        for files in [["/token": "a\nx-evil: 1\n"], [:]] {
            let variables = [full: "http://127.0.0.1/a", "\(token)_FILE": "/token"]
            await #expect(throws: AWSError.self) {
                try await CredentialChain.sample(variables, files: files, http).load()
            }
        }
        #expect(http.sent.isEmpty)
    }

    @Test("an endpoint that is down for a moment is asked again")
    func retried() async throws {
        let http = ScriptedExchange([Answer(503), Answer(200, metadataDocument)])
        _ = try await CredentialChain.sample([full: "http://127.0.0.1/a"], http).load()
        #expect(http.sent.count == 2)
    }

    @Test(
        "an answer that is not credentials is refused",
        arguments: [
            "", "[]", "{}", "<html/>", "{\"AccessKeyId\": \"a\"}",
            "{\"AccessKeyId\": \"a\", \"SecretAccessKey\": \"b\", \"Expiration\": \"tomorrow\"}",
            "{\"Code\": \"Failed\", \"AccessKeyId\": \"a\", \"SecretAccessKey\": \"b\"}",
        ]
    )
    func nonsense(body: String) async throws {
        let http = ScriptedExchange([Answer(200, body)])
        let error = await #expect(throws: AWSError.self) {
            try await CredentialChain.sample([full: "http://127.0.0.1/a"], http).load()
        }
        #expect(error?.kind == .credentials)
    }
}
