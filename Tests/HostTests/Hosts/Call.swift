import Foundation
import HTTPTypes

/// A request as a client sends it, whatever stands in between.
struct Call: Sendable {
    var method: HTTPRequest.Method
    /// Path and query, encoded.
    var target: String
    var headers: HTTPFields = [:]
    var body: [UInt8] = []

    init(_ method: HTTPRequest.Method, _ target: String, _ headers: HTTPFields = [:], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The path, encoded.
    var path: String { String(target.prefix { $0 != "?" }) }
    /// The query, encoded.
    var query: String { String(target.drop { $0 != "?" }.dropFirst()) }
}

/// An answer as a client receives it.
struct Reply: Sendable, Equatable {
    var status: Int
    /// Values by name in lower case; several of one name are one list.
    var headers: [String: [String]] = [:]
    var body: [UInt8] = []

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }

    /// A string of the JSON object.
    func string(_ name: String) -> String { object[name] as? String ?? "" }

    /// The answer without what may differ between two moments or two connections: `date`, the fields of the
    /// connection, the id of the request, and a length that says what the body shows anyway.
    func comparable(to call: Call) -> Reply {
        var reply = self
        for name in ["date", "connection", "transfer-encoding", "keep-alive", "server"] { reply.headers[name] = nil }
        for (name, values) in reply.headers {
            // Repeated fields may be joined (RFC 9110 §5.3), but not cookies.
            reply.headers[name] = name == "set-cookie" ? values.sorted() : [values.joined(separator: ", ")]
        }
        if call.method != .head {
            if let length = headers["content-length"], status != 304 {
                reply.lengthIsWrong = length != ["\(body.count)"]
            }
            reply.headers["content-length"] = nil
        }
        if let range = text.range(of: #""requestId":"[^"]*""#, options: .regularExpression) {
            reply.body = Array(text.replacingCharacters(in: range, with: "\"requestId\":\"…\"").utf8)
        }
        return reply
    }

    /// Whether `content-length` was not the body's length.
    private(set) var lengthIsWrong = false

    init(status: Int, headers: [String: [String]] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension Reply: CustomStringConvertible {
    var description: String {
        let lines = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.joined(separator: " | "))" }
        let shown = body.count > 2000 ? "(\(body.count) bytes)" : text
        return "\(status)\n\(lines.joined(separator: "\n"))\n\n\(shown)\(lengthIsWrong ? "\n(wrong length)" : "")"
    }
}
