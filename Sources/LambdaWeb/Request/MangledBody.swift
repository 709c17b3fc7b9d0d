import HTTPEdge
import HTTPTypes
import NIOCore

/// Finds out whether a body that must be binary has been decoded as text on its way.
///
/// A gateway that takes a body for text replaces each byte that is no UTF-8 by U+FFFD, and nothing brings it back. A
/// text may hold that character of itself; so only what cannot be text is looked at: files in forms, pictures, bytes.
struct MangledBody {
    /// The media type that the gateway would have to know.
    let mediaType: String
    /// How often U+FFFD stands where bytes were.
    let count: Int

    /// Looks at a body that came as text; nil when it is whole.
    init?(_ headers: HTTPFields, body: ByteBuffer) {
        guard Self.replacements(in: body) > 0 else { return nil }
        let contentType = headers[.contentType] ?? ""
        mediaType = Self.essence(contentType)
        if let boundary = FormBoundary.of(contentType) {
            count = Self.replacements(inFilesOf: body, boundary: boundary)
        } else if headers[.contentEncoding] != nil || Self.isBinary(mediaType)
            || mediaType.isEmpty && !Self.isJSON(body)
        {
            count = Self.replacements(in: body)
        } else {
            count = 0
        }
        guard count > 0 else { return nil }
    }

    /// `Image/PNG; a=b` → `image/png`.
    private static func essence(_ contentType: String) -> String {
        let end = contentType.firstIndex(of: ";") ?? contentType.endIndex
        return contentType[..<end].split(whereSeparator: \.isWhitespace).joined().lowercased()
    }

    /// Whether a body of this type is bytes and not text.
    private static func isBinary(_ type: String) -> Bool {
        guard !type.hasSuffix("+xml"), !type.hasSuffix("+json") else { return false }
        if ["image/", "audio/", "video/", "font/"].contains(where: type.hasPrefix) { return true }
        return ["application/octet-stream", "application/pdf", "application/zip", "application/gzip"].contains(type)
    }

    /// What says nothing of itself may be JSON of a simple program.
    private static func isJSON(_ body: ByteBuffer) -> Bool {
        let first = body.readableBytesView.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    /// Counts in the parts of a form that are files and not said to be text.
    ///
    /// Where the form breaks, counting ends; the route will say what is wrong with it.
    private static func replacements(inFilesOf body: ByteBuffer, boundary: String) -> Int {
        guard var reader = try? MultipartReader(boundary: boundary) else { return 0 }
        reader.receive(body)
        var count = 0
        var isFile = false
        while let event = try? reader.next() {
            switch event {
            case .part(let part):
                let type = part.mediaType.lowercased()
                isFile = isBinary(type) || part.fileName != nil && type.isEmpty
            case .content(let content): count += isFile ? replacements(in: content) : 0
            case .partEnd: isFile = false
            case .end, .needsMore: return count
            }
        }
        return count
    }

    /// How often U+FFFD (EF BF BD) stands in some bytes.
    private static func replacements(in bytes: ByteBuffer) -> Int {
        var count = 0
        var from = 0
        while let found = bytes.offset(of: 0xEF, from: from) {
            if bytes.byte(at: found + 1) == 0xBF, bytes.byte(at: found + 2) == 0xBD { count += 1 }
            from = found + 1
        }
        return count
    }
}
