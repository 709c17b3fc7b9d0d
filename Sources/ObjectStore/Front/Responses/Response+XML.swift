import HTTPTypes
import Hummingbird
import NIOCore
import S3XML

extension Response {
    /// An XML answer.
    init(status: HTTPResponse.Status = .ok, xml: String) {
        self.init(
            status: status,
            headers: [.contentType: "application/xml"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: xml))
        )
    }

    /// A refusal: S3's error document, or only its status and headers when the request was a HEAD or its status allows
    /// no body.
    /// - Parameters:
    ///   - error: The refusal.
    ///   - method: The request's method.
    ///   - id: The request's id and host id, as they stand in the headers.
    init(_ error: S3Error, to method: HTTPRequest.Method, id: RequestIdentity) {
        if method == .head {
            self.init(status: error.status)
        } else {
            let xml = XMLWriter.document("Error", namespace: nil) { writer in
                writer.element("Code", error.code)
                writer.element("Message", error.message)
                for field in error.fields { writer.element(field.name, field.value) }
                writer.element("RequestId", id.request)
                writer.element("HostId", id.host)
            }
            self.init(status: error.status, xml: xml)
        }
        headers.append(contentsOf: error.headers)
    }
}
