import AWSTransport
import HTTPTypes
import NIOCore
import Testing

@Suite("Error documents")
struct XMLErrorReaderTests {
    private func read(_ body: String, _ headers: HTTPFields = [:], status: Int = 400) -> AWSError {
        XMLErrorReader().error(status: .init(code: status), headers: headers, body: ByteBuffer(string: body))
    }

    @Test("STS's error stands inside its response, with the request's id outside")
    func query() {
        let error = read(
            """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
            <Code>AccessDenied</Code><Message>No.</Message></Error><RequestId>R1</RequestId></ErrorResponse>
            """
        )
        #expect(error.code == "AccessDenied")
        #expect(error.message == "No.")
        #expect(error.requestID == "R1")
        #expect(error.fields == ["Type": "Sender"])
    }

    @Test(
        "what is no error document gives status, ids of the headers, and no code",
        arguments: ["", "<html><body>Bad gateway</body></html>", "<Error><Code>", "{}", "<Error/>"]
    )
    func noDocument(body: String) {
        let error = read(body, [.named("x-amz-request-id"): "R2", .named("x-amz-id-2"): "H2"], status: 502)
        #expect(error.kind == .service)
        #expect(error.status == 502)
        #expect(error.code == nil)
        #expect(error.requestID == "R2")
        #expect(error.hostID == "H2")
    }

    @Test("the right region of a bucket comes by document or, for HEAD, by header")
    func region() {
        #expect(read("", [.named("x-amz-bucket-region"): "eu-west-1"], status: 301).fields["Region"] == "eu-west-1")
        #expect(read("<Error><Code>A</Code><Region>r</Region></Error>").fields["Region"] == "r")
    }

    @Test("the description has all that a report needs")
    func description() {
        let error = read("<Error><Code>A</Code><Message>B.</Message><RequestId>C</RequestId><HostId>D</HostId></Error>")
        #expect("\(error)" == "A (HTTP 400) B. [request C] [host D]")
    }
}
