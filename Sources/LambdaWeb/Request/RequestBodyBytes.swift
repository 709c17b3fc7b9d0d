import HTTPTypes
import NIOCore

extension WebEvent {
    /// The body's bytes; empty when there is none.
    ///
    /// - Parameter headers: Say whether it may be text.
    /// - Returns: What the client sent.
    /// - Throws: ``EventFault/badField(path:expected:)``, ``EventFault/mangledBody(mediaType:count:)``.
    func bodyBytes(_ headers: HTTPFields) throws(EventFault) -> ByteBuffer {
        guard let string = try fields.string("body") else { return ByteBuffer() }
        let text: ByteBuffer
        do {
            text = try string.bytes()
        } catch {
            throw fields.bad("body", "a string without broken escapes")
        }
        if try fields.flag("isBase64Encoded") {
            guard let bytes = Base64.decoded(text) else { throw fields.bad("body", "base64") }
            return bytes
        }
        if let mangled = MangledBody(headers, body: text) {
            throw .mangledBody(mediaType: mangled.mediaType, count: mangled.count)
        }
        return text
    }
}
