package import HTTPTypes
package import NIOCore
import S3XML

/// Reads the error documents of S3 (`<Error>`) and of the query protocol (`<ErrorResponse><Error>`, STS and IAM).
///
/// What is no such document, as the page of a proxy or the nothing of an answer to HEAD, still gives an error with
/// status and ids; its code is `nil`.
package struct XMLErrorReader: AWSErrorReader {
    /// Makes a reader.
    package init() {}

    package func error(status: HTTPResponse.Status, headers: HTTPFields, body: ByteBuffer) -> AWSError {
        let root = try? XMLElement(parsing: body.readableBytesView)
        let document = root.flatMap(Self.errorElement)
        let message = document?["Message"] ?? "The service answered \(status.code) without saying why."
        var error = AWSError(.service, message, status: status.code, code: document?["Code"])
        error.requestID =
            document?["RequestId"] ?? root?["RequestId"] ?? Self.header("x-amz-request-id", of: headers)
            ?? Self.header("x-amzn-requestid", of: headers)
        error.hostID = document?["HostId"] ?? Self.header("x-amz-id-2", of: headers)
        for child in document?.children ?? [] where child.children.isEmpty && !Self.named.contains(child.name) {
            error.fields[child.name] = child.text
        }
        // A request to the wrong region tells the right one, to HEAD by this header only.
        error.fields["Region"] = error.fields["Region"] ?? Self.header("x-amz-bucket-region", of: headers)
        return error
    }

    private static let named: Set<String> = ["Code", "Message", "RequestId", "HostId"]

    private static func errorElement(of root: XMLElement) -> XMLElement? {
        root.name == "Error" ? root : root.children.first { $0.name == "Error" }
    }

    private static func header(_ name: String, of headers: HTTPFields) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }
}
