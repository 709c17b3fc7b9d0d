import AWSTransport
import HTTPTypes
import SigV4
import Testing

@Suite("EC2's metadata")
struct InstanceCredentialsTests {
    private typealias Answer = ScriptedExchange.Answer
    private static let roles = "/latest/meta-data/iam/security-credentials/"

    /// A metadata service with a token, a role, and credentials; parts can be replaced.
    private func service(
        token: Answer = Answer(200, "TOKEN"),
        role: Answer = Answer(200, "my role\n")
    ) -> ScriptedExchange {
        ScriptedExchange { sent, _ in
            switch sent.request.target {
            case "/latest/api/token": token
            case Self.roles: role
            default: Answer(200, metadataDocument)
            }
        }
    }

    @Test("a token is put first and sent with every question")
    func version2() async throws {
        let http = service()
        #expect(try await CredentialChain.sample([:], http).load().accessKeyID == "ASIAMETA")
        #expect(
            http.sent.map(\.line) == [
                "PUT http://169.254.169.254/latest/api/token", "GET http://169.254.169.254\(Self.roles)",
                "GET http://169.254.169.254\(Self.roles)my%20role",
            ]
        )
        #expect(http.sent.map { $0["x-aws-ec2-metadata-token"] } == [nil, "TOKEN", "TOKEN"])
        #expect(http.sent.first?["x-aws-ec2-metadata-token-ttl-seconds"] == "21600")
    }

    @Test("can be switched off, and then nobody is asked")
    func disabled() async throws {
        let http = service()
        await #expect(throws: AWSError.self) {
            try await CredentialChain.sample(["AWS_EC2_METADATA_DISABLED": "True"], http).load()
        }
        #expect(http.sent.isEmpty)
    }

    @Test("an own endpoint, or IPv6's, is asked in place of the usual one")
    func endpoints() async throws {
        let name = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
        for (variables, host) in [
            ([name: "http://127.0.0.1:1338/"], "http://127.0.0.1:1338/"),
            (["\(name)_MODE": "IPv6"], "http://[fd00:ec2::254]/"),
        ] {
            let http = service()
            _ = try await CredentialChain.sample(variables, http).load()
            #expect(http.sent.count == 3)
            #expect(http.sent.allSatisfy { $0.line.contains(" \(host)latest/") })
        }
    }

    @Test("elsewhere than on EC2 one question is enough to know")
    func absent() async throws {
        for http in [CredentialChain.nobody, service(token: Answer(403)), service(token: Answer(404))] {
            let error = await #expect(throws: AWSError.self) { try await CredentialChain.sample([:], http).load() }
            #expect(error?.message.hasPrefix("No AWS credentials were found.") == true)
            #expect(http.sent.count == 1)
        }
    }

    @Test("an instance without a role has no credentials; one whose service breaks is an error that names it")
    func roles() async throws {
        let without = await #expect(throws: AWSError.self) {
            try await CredentialChain.sample([:], service(role: Answer(404))).load()
        }
        #expect(without?.message.hasPrefix("No AWS credentials were found.") == true)
        let broken = await #expect(throws: AWSError.self) {
            try await CredentialChain.sample([:], service(role: Answer(500))).load()
        }
        #expect(broken?.message.contains("EC2 metadata at http://169.254.169.254") == true)
    }
}
