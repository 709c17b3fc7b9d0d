import HTTPTypes
import SigV4
import Testing

@testable import AWSTransport

@Suite("Profiles")
struct ProfileCredentialsTests {
    private typealias Answer = ScriptedExchange.Answer

    private func plan(_ name: String, config: String = "", credentials: String = "") throws -> CredentialPlan? {
        let files = ["/home/me/.aws/config": config, "/home/me/.aws/credentials": credentials]
        return try SharedConfig(.sample(files: files)).plan(for: name, sessionName: "session")
    }

    private func keys(_ id: String, token: String? = nil) -> CredentialPlan {
        .keys(Credentials(accessKeyID: id, secretAccessKey: Secret("s"), sessionToken: token))
    }

    @Test("keys may stand in either file, and the credentials file wins")
    func ownKeys() throws {
        let config = "[profile a]\naws_access_key_id=C\naws_secret_access_key=s\naws_session_token=t"
        #expect(try plan("a", config: config) == keys("C", token: "t"))
        #expect(try plan("a", config: config, credentials: "[a]\naws_access_key_id=D") == keys("D", token: "t"))
    }

    @Test("a profile without anything about credentials has none")
    func regionOnly() throws {
        #expect(try plan("default", config: "[default]\nregion=eu-west-1") == nil)
    }

    @Test("a role is taken on with another profile's credentials, over several steps")
    func roles() throws {
        let config = """
            [profile a]
            role_arn = arn:a
            source_profile = b
            role_session_name = me
            external_id = x
            duration_seconds = 900
            region = eu-west-1
            [profile b]
            role_arn = arn:b
            source_profile = c
            """
        var outer = AssumedRole(arn: "arn:a", sessionName: "me", durationSeconds: 900)
        outer.externalID = "x"
        let inner = CredentialPlan.role(
            AssumedRole(arn: "arn:b", sessionName: "session"),
            region: nil,
            with: keys("C")
        )
        let found = try plan("a", config: config, credentials: "[c]\naws_access_key_id=C\naws_secret_access_key=s")
        #expect(found == .role(outer, region: "eu-west-1", with: inner))
    }

    @Test("a profile may take on its own role with its own keys")
    func selfSource() throws {
        let text = "[a]\nrole_arn=arn:a\nsource_profile=a\naws_access_key_id=A\naws_secret_access_key=s"
        let role = AssumedRole(arn: "arn:a", sessionName: "session")
        #expect(try plan("a", credentials: text) == .role(role, region: nil, with: keys("A")))
    }

    @Test("the base of a role, or a token for it, may come from elsewhere")
    func places() throws {
        let role = AssumedRole(arn: "arn:a", sessionName: "session")
        for (name, place) in [
            ("Environment", CredentialPlan.Place.environment), ("EcsContainer", .container),
            ("Ec2InstanceMetadata", .instance),
        ] {
            let text = "[a]\nrole_arn=arn:a\ncredential_source=\(name)"
            #expect(try plan("a", credentials: text) == .role(role, region: nil, with: .place(place)))
        }
        let text = "[a]\nrole_arn=arn:a\nweb_identity_token_file=/t"
        #expect(try plan("a", credentials: text) == .webIdentity(role, tokenFile: "/t", region: nil))
    }

    @Test(
        "what cannot work is refused with the reason",
        arguments: [
            ("role_arn=r", "neither source_profile nor credential_source"),
            ("role_arn=r\nsource_profile=a\ncredential_source=Environment", "both source_profile and"),
            ("role_arn=r\nsource_profile=gone", "gone is in neither of the shared files"),
            ("role_arn=r\nsource_profile=empty", "which has none"),
            ("role_arn=r\nsource_profile=a", "a → a"), ("role_arn=r\nsource_profile=loop", "a → loop → a"),
            ("role_arn=r\ncredential_source=Moon", "Moon"),
            ("role_arn=r\nsource_profile=b\nmfa_serial=m", "mfa_serial"),
            ("aws_access_key_id=A", "needs both"), ("aws_secret_access_key=A", "needs both"),
            ("aws_access_key_id=\naws_secret_access_key=", "needs both"),
            ("credential_process=/bin/x", "credential_process"), ("sso_session=x", "SSO"),
            ("sso_start_url=x", "export-credentials"),
        ]
    )
    func refused(settings: String, reason: String) throws {
        let text = "[a]\n\(settings)\n[empty]\nregion=r\n[loop]\nrole_arn=l\nsource_profile=a"
        let error = #expect(throws: AWSError.self) { try plan("a", credentials: text) }
        #expect(error?.kind == .credentials)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test("AWS_PROFILE chooses, and STS is asked in the profile's region with the base's credentials")
    func assumed() async throws {
        let files = [
            "/c": "[profile a]\nrole_arn=arn:aws:iam::1:role/r\nsource_profile=b\nregion=eu-west-1\n",
            "/s": "[b]\naws_access_key_id=AKIDB\naws_secret_access_key=s\n",
        ]
        let http = ScriptedExchange([Answer(200, stsDocument("AssumeRole"))])
        let variables = ["AWS_PROFILE": "a", "AWS_CONFIG_FILE": "/c", "AWS_SHARED_CREDENTIALS_FILE": "/s"]
        let credentials = try await CredentialChain.sample(variables, files: files, http).load()
        #expect(credentials.accessKeyID == "ASIASTS")
        let sent = try #require(http.sent.first)
        #expect(sent.line == "POST https://sts.eu-west-1.amazonaws.com/")
        #expect(sent["authorization"]?.contains("Credential=AKIDB/20250102/eu-west-1/sts/") == true)
        #expect(
            sent.body
                == "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr"
                + "&RoleSessionName=imgn-1735787045"
        )
    }
}
