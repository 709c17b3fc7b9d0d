import AWSTransport
import Testing

@Suite("Endpoints")
struct EndpointTests {
    @Test(
        "an endpoint's authority is what is signed as host: lower case, default port left out",
        arguments: [
            ("http://127.0.0.1:9000", "127.0.0.1:9000"), ("http://Localhost:80/", "localhost"),
            ("HTTPS://s3.example.org:443", "s3.example.org"), ("https://s3.example.org:80", "s3.example.org:80"),
            ("http://[::1]:9000", "[::1]:9000"), ("http://[fd00:ec2::254]", "[fd00:ec2::254]"),
        ]
    )
    func authority(url: String, authority: String) {
        #expect(AWSEndpoint(url)?.authority == authority)
    }

    @Test(
        "what would be lost or misread is no endpoint",
        arguments: [
            "", "localhost:9000", "ftp://host", "http://", "http://host/base", "http://user@host", "http://host:0",
            "http://host:65536", "http://host:+80", "http://host?x", "http://host name", "http://[::1", "http://[::1]x",
        ]
    )
    func refused(url: String) {
        #expect(AWSEndpoint(url) == nil)
    }

    @Test("AWS endpoints are regional, and China has its own domain")
    func aws() {
        #expect("\(AWSEndpoint.aws(service: "sts", region: "eu-west-1"))" == "https://sts.eu-west-1.amazonaws.com")
        #expect("\(AWSEndpoint.aws(service: "s3", region: "cn-north-1"))" == "https://s3.cn-north-1.amazonaws.com.cn")
    }
}
