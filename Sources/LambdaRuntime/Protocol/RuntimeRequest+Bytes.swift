import NIOCore
import NIOHTTP1

/// Requests as HTTP/1.1 (RFC 9112).
extension RuntimeRequest {
    /// Whether the body follows in chunks.
    var isStream: Bool { headers.contains(name: "Transfer-Encoding") }

    /// The head, and the body when there is one.
    func bytes(to endpoint: RuntimeEndpoint) -> ByteBuffer {
        var bytes = ByteBuffer()
        bytes.reserveCapacity(512 + (body?.readableBytes ?? 0))
        bytes.writeString("\(method.rawValue) \(path) HTTP/1.1\r\nHost: \(endpoint.authority)\r\n")
        bytes.writeString("User-Agent: imgn-lambda-runtime\r\n")
        bytes.writeFields(headers)
        if let body { bytes.writeString("Content-Length: \(body.readableBytes)\r\n") }
        bytes.writeString("\r\n")
        if let body { bytes.writeImmutableBuffer(body) }
        return bytes
    }
}

extension ByteBuffer {
    /// Appends a piece of a chunked body.
    mutating func writeChunk(_ piece: ByteBuffer) {
        writeString("\(String(piece.readableBytes, radix: 16))\r\n")
        writeImmutableBuffer(piece)
        writeString("\r\n")
    }

    /// Appends the end of a chunked body.
    mutating func writeLastChunk(_ trailers: HTTPHeaders?) {
        writeString("0\r\n")
        if let trailers { writeFields(trailers) }
        writeString("\r\n")
    }

    /// Appends header lines; what would end a line within a value becomes a space, so that no value makes a header.
    fileprivate mutating func writeFields(_ fields: HTTPHeaders) {
        for (name, value) in fields {
            writeString(name)
            writeString(": ")
            for byte in value.utf8 { writeInteger(byte == 0x0D || byte == 0x0A || byte == 0 ? 0x20 : byte) }
            writeString("\r\n")
        }
    }
}
