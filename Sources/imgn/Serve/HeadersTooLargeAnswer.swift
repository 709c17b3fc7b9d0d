import HTTPTypes
import NIOCore

/// The 431 of a request whose headers are too many or too large.
///
/// No router has seen it, so it is written here.
enum HeadersTooLargeAnswer {
    @Sendable static func make() -> (HTTPResponse, ByteBuffer) {
        let body = ByteBuffer(
            string: """
                {"type":"about:blank","title":"Request Header Fields Too Large","status":431,\
                "code":"headers-too-large",\
                "detail":"The request has more than 1000 header fields or 80 KiB of them. Send fewer."}
                """
        )
        let fields: HTTPFields = [
            .contentType: "application/problem+json", .contentLength: "\(body.readableBytes)", .connection: "close",
            .xContentTypeOptions: "nosniff",
        ]
        return (HTTPResponse(status: .requestHeaderFieldsTooLarge, headerFields: fields), body)
    }
}
