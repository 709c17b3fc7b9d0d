import Testing

@testable import AWSTransport

@Suite("The shared config and credentials files")
struct SharedConfigFileTests {
    @Test("sections, settings, comments, blanks and nested settings are read as AWS's tools read them")
    func config() {
        let text = """
            # comment
            ; comment
            stray = before any section
            [default]
            region=eu-west-1
            \u{20}
            [profile  a b ] # comment
            Region =  us-east-1\t # comment
            s3 =
              max_concurrent_requests = 20
              region = nested
            key = a#b;c=d
            empty =
            no equals sign
            [profile "quoted"]
            x = 1
            [sso-session s]
            region = sso
            [b]
            region = no profile in the config file
            [profile]
            x = 2
            [profile a b]
            key2 = again\r\nregion = last
            """
        #expect(
            SharedConfigFile(text, .config).profiles == [
                "default": ["region": "eu-west-1"],
                "a b": ["region": "last", "s3": "", "key": "a#b;c=d", "empty": "", "key2": "again"],
                "quoted": ["x": "1"],
            ]
        )
    }

    @Test("the credentials file names its profiles plainly")
    func credentials() {
        let text = "[a]\naws_access_key_id = A\n[profile b]\nx=1\n[]\ny=2\n[open\nz=3"
        #expect(
            SharedConfigFile(text, .credentials).profiles == ["a": ["aws_access_key_id": "A"], "profile b": ["x": "1"]]
        )
    }

    @Test("a section without settings is a profile all the same")
    func emptySection() {
        #expect(SharedConfigFile("[a]\n", .credentials).profiles == ["a": [:]])
    }

    @Test("a file that is there and cannot be read is an error that names it")
    func unreadable() {
        struct Denied: Error {}
        let environment = AWSEnvironment(variables: [:], home: "/home/me") { path in
            if path.hasSuffix("credentials") { throw Denied() }
            return nil
        }
        let error = #expect(throws: AWSError.self) { try SharedConfig(environment) }
        #expect(error?.message.contains("/home/me/.aws/credentials") == true)
    }
}

@Suite("Region and endpoint of the environment")
struct AWSEnvironmentSettingsTests {
    private let files = [
        "/home/me/.aws/config": "[default]\nregion=d\n[profile a]\nregion=p\nendpoint_url=http://profile:1\n"
    ]

    @Test("the region comes from AWS_REGION, then AWS_DEFAULT_REGION, then the profile")
    func region() throws {
        var variables = ["AWS_REGION": "one", "AWS_DEFAULT_REGION": "two", "AWS_PROFILE": "a"]
        var regions: [String?] = []
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"] {
            regions.append(try AWSEnvironment.sample(variables, files: files).region())
            variables[name] = nil
        }
        regions.append(try AWSEnvironment.sample(variables, files: files).region())
        regions.append(try AWSEnvironment.sample().region())
        #expect(regions == ["one", "two", "p", "d", nil])
    }

    @Test("the endpoint comes from the service's variable, then the one for all, then the profile")
    func endpoint() throws {
        var variables = ["AWS_ENDPOINT_URL_S3": "http://s3:1", "AWS_ENDPOINT_URL": "http://all:1", "AWS_PROFILE": "a"]
        var endpoints: [String?] = []
        for name in ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_PROFILE"] {
            endpoints.append(try AWSEnvironment.sample(variables, files: files).endpoint(service: "s3")?.description)
            variables[name] = nil
        }
        endpoints.append(try AWSEnvironment.sample(variables, files: files).endpoint(service: "s3")?.description)
        #expect(endpoints == ["http://s3:1", "http://all:1", "http://profile:1", nil])
    }

    @Test("endpoints can be ignored, and a wrong one is an error that names its variable")
    func endpointRefused() throws {
        var variables = ["AWS_ENDPOINT_URL": "localhost:9000"]
        let error = #expect(throws: AWSError.self) { try AWSEnvironment.sample(variables).endpoint(service: "s3") }
        #expect(error?.message.contains("AWS_ENDPOINT_URL is \"localhost:9000\"") == true)
        variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true"
        #expect(try AWSEnvironment.sample(variables).endpoint(service: "s3") == nil)
    }
}
