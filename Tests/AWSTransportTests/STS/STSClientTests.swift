import AWSTransport
import HTTPTypes
import SigV4
import Testing

@Suite("STS")
struct STSClientTests {
    private typealias Answer = ScriptedExchange.Answer

    private func client(_ http: ScriptedExchange, isSigned: Bool = true) throws -> STSClient {
        STSClient(try .sample(http, TestClock(), credentials: isSigned ? StaticCredentials(.lasting) : nil))
    }

    @Test("AssumeRole sends a signed form, policy and duration included")
    func assumeRole() async throws {
        let http = ScriptedExchange([Answer(200, stsDocument("AssumeRole"))])
        let role = AssumedRole(arn: "arn", sessionName: "me", policy: "{\"a\": 1}", durationSeconds: 900)
        let credentials = try await client(http).assumeRole(role)
        #expect(
            credentials
                == Credentials(
                    accessKeyID: "ASIASTS",
                    secretAccessKey: Secret("s"),
                    sessionToken: "t",
                    expiresAt: TestClock.start.plus(3600)
                )
        )
        let sent = try #require(http.sent.first)
        #expect(
            sent.body == "Action=AssumeRole&Version=2011-06-15&RoleArn=arn&RoleSessionName=me&DurationSeconds=900"
                + "&Policy=%7B%22a%22%3A%201%7D"
        )
        #expect(sent["content-type"] == "application/x-www-form-urlencoded; charset=utf-8")
        #expect(sent["authorization"] != nil)
        #expect(PayloadHash(headerValue: sent["x-amz-content-sha256"] ?? "") == .digest(of: sent.body.utf8))
    }

    @Test("AssumeRoleWithWebIdentity needs no signature")
    func webIdentity() async throws {
        let http = ScriptedExchange([Answer(200, stsDocument("AssumeRoleWithWebIdentity"))])
        let role = AssumedRole(arn: "arn", sessionName: "me")
        _ = try await client(http, isSigned: false).assumeRole(role, webIdentityToken: "a.b+c")
        let sent = try #require(http.sent.first)
        #expect(sent["authorization"] == nil)
        #expect(
            sent.body == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn&RoleSessionName=me"
                + "&WebIdentityToken=a.b%2Bc"
        )
    }

    @Test("GetFederationToken narrows the caller's own credentials")
    func federation() async throws {
        let http = ScriptedExchange([Answer(200, stsDocument("GetFederationToken"))])
        _ = try await client(http).federationToken(name: "me", policy: "{}", durationSeconds: 900)
        #expect(
            http.sent.first?.body
                == "Action=GetFederationToken&Version=2011-06-15&Name=me&Policy=%7B%7D&DurationSeconds=900"
        )
    }

    @Test("a refusal has STS's own code and words")
    func refused() async throws {
        let document =
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>Not you.</Message></Error></ErrorResponse>"
        let http = ScriptedExchange([Answer(403, document)])
        let error = await #expect(throws: AWSError.self) {
            try await client(http).assumeRole(AssumedRole(arn: "arn", sessionName: "me"))
        }
        #expect(error?.code == "AccessDenied")
        #expect(error?.message == "Not you.")
    }

    @Test(
        "an answer without credentials is refused",
        arguments: [
            "", "<AssumeRoleResponse/>", stsDocument("GetFederationToken"), stsDocument("AssumeRole", key: "</a>"),
        ]
    )
    func nonsense(body: String) async throws {
        let error = await #expect(throws: AWSError.self) {
            try await client(ScriptedExchange([Answer(200, body)])).assumeRole(AssumedRole(arn: "a", sessionName: "m"))
        }
        #expect(error?.kind == .badAnswer)
    }
}
