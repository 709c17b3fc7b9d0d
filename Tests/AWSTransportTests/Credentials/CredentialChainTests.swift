import AWSTransport
import SigV4
import Testing

@Suite("The credential chain")
struct CredentialChainTests {
    private typealias Answer = ScriptedExchange.Answer

    /// Everything configured at once, each place with a key of its own.
    private let variables = [
        "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/r",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/creds",
    ]
    private let files = [
        "/token": "jwt\n",
        "/home/me/.aws/credentials": "[default]\naws_access_key_id=AKIDFILE\naws_secret_access_key=s",
    ]

    private var network: ScriptedExchange {
        ScriptedExchange { sent, _ in
            switch sent.request.authority {
            case "sts.us-east-1.amazonaws.com": Answer(200, stsDocument("AssumeRoleWithWebIdentity"))
            case "169.254.170.2": Answer(200, metadataDocument.replacing("ASIAMETA", with: "ASIACONTAINER"))
            case "169.254.169.254": Answer(200, metadataDocument)
            default: throw AWSError(.transport, "unknown host")
            }
        }
    }

    @Test("asks environment, web identity, shared files, container and EC2 in this order")
    func order() async throws {
        var variables = variables
        var files = files
        var keys: [String] = []
        func load() async throws {
            keys.append(try await CredentialChain.sample(variables, files: files, network).load().accessKeyID)
        }
        try await load()
        variables["AWS_ACCESS_KEY_ID"] = nil
        variables["AWS_SECRET_ACCESS_KEY"] = nil
        try await load()
        variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = nil
        try await load()
        files["/home/me/.aws/credentials"] = nil
        try await load()
        variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = ""
        try await load()
        #expect(keys == ["AKIDENV", "ASIASTS", "AKIDFILE", "ASIACONTAINER", "ASIAMETA"])
    }

    @Test("with nothing configured anywhere it says where it looked and what to set")
    func nothing() async throws {
        let error = await #expect(throws: AWSError.self) { try await CredentialChain.sample().load() }
        #expect(error?.kind == .credentials)
        #expect(error?.message.contains("AWS_ACCESS_KEY_ID") == true)
        #expect(error?.message.contains("AWS_PROFILE") == true)
    }

    @Test("half a key in the environment ends the search", arguments: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    func halfKey(missing: String) async throws {
        var variables = variables
        variables[missing] = nil
        let error = await #expect(throws: AWSError.self) {
            try await CredentialChain.sample(variables, files: files, network).load()
        }
        #expect(error?.message.contains("\(missing) is not") == true)
    }

    @Test("a place that is configured and does not work ends the search, and is named")
    func broken() async throws {
        let cases: [([String: String], [String: String], String)] = [
            (["AWS_WEB_IDENTITY_TOKEN_FILE": "/token"], files, "AWS_ROLE_ARN"),
            (["AWS_WEB_IDENTITY_TOKEN_FILE": "/gone", "AWS_ROLE_ARN": "a"], files, "/gone"),
            (["AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:r"], files, "arn:r"),
            (["AWS_PROFILE": "gone"], files, "gone"),
            (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://10.0.0.1/x"], [:], "10.0.0.1"),
            (["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"], [:], "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
            (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://10.0.0.1"], [:], "http://10.0.0.1"),
        ]
        for (variables, files, name) in cases {
            let error = await #expect(throws: AWSError.self, "\(name)") {
                try await CredentialChain.sample(variables, files: files).load()
            }
            #expect(error?.kind == .credentials, "\(name)")
            #expect(error?.message.contains(name) == true, "\(error?.message ?? "")")
        }
    }

    @Test("no error tells a secret")
    func secrets() async throws {
        let http = ScriptedExchange([Answer(200, "{\"AccessKeyId\": 1, \"SecretAccessKey\": \"hush\"}")])
        let error = await #expect(throws: AWSError.self) {
            try await CredentialChain.sample(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"], http).load()
        }
        #expect("\(error.debugDescription)".contains("hush") == false)
    }

    @Test("what was found is kept")
    func kept() async throws {
        let http = network
        let chain = CredentialChain.sample(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"], http)
        _ = try await chain.load()
        _ = try await chain.load()
        #expect(http.sent.count == 1)
    }
}
