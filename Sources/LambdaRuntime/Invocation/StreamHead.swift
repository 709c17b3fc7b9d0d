import NIOCore

/// Status and headers of a streamed HTTP answer; they go before the body as JSON and eight zero bytes.
package struct StreamHead: Sendable, Equatable {
    /// The largest head that API Gateway looks for.
    package static let largestByteCount = 16 * 1024

    /// The HTTP status.
    package var status: Int
    /// Headers with one value each.
    package var headers: [String: String]
    /// Headers with several values; API Gateway's REST APIs take them, function URLs do not.
    package var multiValueHeaders: [String: [String]]
    /// One `Set-Cookie` value each; function URLs take them.
    package var cookies: [String]

    /// A head of known parts.
    package init(
        status: Int,
        headers: [String: String] = [:],
        multiValueHeaders: [String: [String]] = [:],
        cookies: [String] = []
    ) {
        self.status = status
        self.headers = headers
        self.multiValueHeaders = multiValueHeaders
        self.cookies = cookies
    }

    /// The bytes that go before the body.
    var prelude: ByteBuffer {
        var json = JSONText()
        json.object { json in
            json.field("statusCode") { $0.number(status) }
            json.field("headers") { json in
                json.object { json in
                    for (name, value) in headers.sorted(by: { $0.key < $1.key }) { json.field(name, value) }
                }
            }
            if !multiValueHeaders.isEmpty { json.field("multiValueHeaders") { $0.lists(multiValueHeaders) } }
            if !cookies.isEmpty { json.field("cookies") { $0.strings(cookies) } }
        }
        var bytes = ByteBuffer(string: json.text)
        bytes.writeRepeatingByte(0, count: 8)
        return bytes
    }
}

extension JSONText {
    /// An object whose values are lists of strings.
    fileprivate mutating func lists(_ lists: [String: [String]]) {
        object { json in
            for (name, values) in lists.sorted(by: { $0.key < $1.key }) { json.field(name) { $0.strings(values) } }
        }
    }
}
