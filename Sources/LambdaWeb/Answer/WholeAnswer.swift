import HTTPTypes
import Hummingbird
import LambdaRuntime
import NIOCore

/// An answer as one JSON document: text as text, all else in base64.
struct WholeAnswer {
    /// The document.
    let document: ByteBuffer

    /// Writes an answer; nil when it would have more bytes than the front takes.
    ///
    /// - Parameters:
    ///   - response: Status and header fields.
    ///   - body: The bytes; empty for HEAD.
    ///   - kind: What stands before the function.
    ///   - keepsLength: Whether `content-length` is said although there are other bytes, or none.
    init?(_ response: Response, body: ByteBuffer, kind: EventKind, keepsLength: Bool = false) {
        let isBase64 = body.readableBytes > 0 && !Self.isText(response.headers, body)
        let head = AnswerHead(response, kind: kind, keepsLength: keepsLength).openJSON(isBase64: isBase64)
        let key = ",\"body\":\""
        let bodyCount = isBase64 ? Base64.encodedCount(body.readableBytes) : EscapedText.byteCount(of: body)
        let byteCount = head.utf8.count + key.utf8.count + bodyCount + 2
        guard byteCount <= kind.answerLimit else { return nil }
        var document = ByteBuffer()
        document.reserveCapacity(byteCount)
        document.writeSubstring(head)
        document.writeString(key)
        if isBase64 {
            Base64.write(body, to: &document)
        } else {
            EscapedText.write(body, to: &document)
        }
        document.writeString("\"}")
        self.document = document
    }

    /// Whether a body can be a JSON string and come out as it was.
    private static func isText(_ headers: HTTPFields, _ body: ByteBuffer) -> Bool {
        guard headers[.contentEncoding] == nil, let contentType = headers[.contentType] else { return false }
        let type = contentType.prefix { $0 != ";" }.split(separator: " ").joined().lowercased()
        let texts: Set = [
            "application/json", "application/javascript", "application/xml", "application/yaml",
            "application/x-www-form-urlencoded",
        ]
        guard type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml") || texts.contains(type)
        else { return false }
        return String(validating: body.readableBytesView, as: UTF8.self) != nil
    }
}

/// Text as the inside of a JSON string.
private enum EscapedText {
    private static let digits = Array("0123456789abcdef".utf8)

    static func byteCount(of text: ByteBuffer) -> Int {
        text.readableBytesView.reduce(0) { $0 + (needsEscape($1) ? escape($1).count : 1) }
    }

    static func write(_ text: ByteBuffer, to document: inout ByteBuffer) {
        var runStart = text.readerIndex
        for index in text.readerIndex..<text.writerIndex {
            guard let byte = text.getInteger(at: index, as: UInt8.self), needsEscape(byte) else { continue }
            if var run = text.getSlice(at: runStart, length: index - runStart) { document.writeBuffer(&run) }
            document.writeBytes(escape(byte))
            runStart = index + 1
        }
        if var run = text.getSlice(at: runStart, length: text.writerIndex - runStart) { document.writeBuffer(&run) }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
        case 0x0A: Array("\\n".utf8)
        case 0x0D: Array("\\r".utf8)
        case 0x09: Array("\\t".utf8)
        default: Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
