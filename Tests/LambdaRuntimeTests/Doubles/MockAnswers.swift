import NIOCore

extension MockRuntimeAPI.Answer {
    /// A status without a body.
    static func status(_ status: Int, headers: String = "") -> Self {
        .init(pieces: [ByteBuffer(string: "HTTP/1.1 \(status) Said\r\n\(headers)Content-Length: 0\r\n\r\n")])
    }

    /// An event whose length is announced.
    static func event(_ id: String, _ body: String = "{}", headers: String = "") -> Self {
        let head = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: \(id)\r\n\(headers)"
        return .init(pieces: [ByteBuffer(string: "\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")])
    }

    /// An event in chunks of a size.
    static func chunked(_ id: String, _ body: ByteBuffer, by size: Int) -> Self {
        let head = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: \(id)\r\nTransfer-Encoding: chunked\r\n\r\n"
        var pieces = [ByteBuffer(string: head)]
        var rest = body
        while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
            var chunk = ByteBuffer(string: String(piece.readableBytes, radix: 16) + "\r\n")
            chunk.writeImmutableBuffer(piece)
            chunk.writeString("\r\n")
            pieces.append(chunk)
        }
        return .init(pieces: pieces + [ByteBuffer(string: "0\r\n\r\n")])
    }

    /// Bytes as they are, then the end of the connection.
    static func bytes(_ text: String) -> Self {
        .init(pieces: text.isEmpty ? [] : [ByteBuffer(string: text)], closes: true)
    }

    /// The end of the connection.
    static let hangUp = bytes("")

    /// The same, but the connection ends with it, as it says itself.
    var closing: Self {
        var copy = self
        let text = pieces.first.map { String(buffer: $0) } ?? ""
        copy.pieces[0] = ByteBuffer(
            string: text.replacing("\r\n", with: "\r\nConnection: close\r\n", maxReplacements: 1)
        )
        copy.closes = true
        return copy
    }
}
