import Crypto
import Foundation
import HTTPTypes

/// Requests that several cases make.
enum Calls {
    static let boundary = "----host-test-boundary"

    static func fields(_ headers: [String: String]) -> HTTPFields {
        var fields: HTTPFields = [:]
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return fields
    }

    static func json(
        _ method: HTTPRequest.Method,
        _ target: String,
        _ object: Any,
        _ headers: [String: String] = [:]
    ) -> Call {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
        let body = (try? JSONSerialization.data(withJSONObject: object, options: options)) ?? Data()
        return Call(
            method,
            target,
            fields(["content-type": "application/json"].merging(headers) { $1 }),
            body: Array(body)
        )
    }

    /// A form of parts: name, file's name, type, content.
    static func form(
        _ target: String,
        _ parts: [(name: String, fileName: String?, type: String?, content: [UInt8])],
        _ headers: [String: String] = [:]
    ) -> Call {
        var body: [UInt8] = []
        for part in parts {
            let fileName = part.fileName.map { "; filename=\"\($0)\"" } ?? ""
            let type = part.type.map { "Content-Type: \($0)\r\n" } ?? ""
            let head =
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(fileName)\r\n\(type)\r\n"
            body += Array(head.utf8) + part.content + [13, 10]
        }
        body += Array("--\(boundary)--\r\n".utf8)
        let type = ["content-type": "multipart/form-data; boundary=\(boundary)"]
        return Call(.post, target, fields(type.merging(headers) { $1 }), body: body)
    }

    static func picture(_ target: String, _ bytes: [UInt8], _ headers: [String: String] = [:]) -> Call {
        Call(.post, target, fields(["content-type": "image/png"].merging(headers) { $1 }), body: bytes)
    }

    /// The SHA-256 of bytes, in base64.
    static func sha256(_ bytes: [UInt8]) -> String {
        Data(SHA256.hash(data: bytes)).base64EncodedString()
    }

    /// Text as a query's value.
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}
