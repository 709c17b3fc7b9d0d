import GalleryCore
import Hummingbird

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Request {
    /// The most bytes a JSON body may have where a route says nothing else.
    static var maximumJSONByteCount: Int { 64 << 10 }

    /// The body, read as JSON.
    ///
    /// - Parameters:
    ///   - type: What it shall be.
    ///   - example: What to send, for the complaint.
    ///   - limit: The most bytes it may have.
    /// - Returns: The value.
    /// - Throws: `Problem` `too-large`, `invalidRequest`.
    func json<Value: Decodable>(
        _ type: Value.Type,
        like example: String,
        limit: Int = Self.maximumJSONByteCount
    ) async throws -> Value {
        let declared = headers[.contentLength].flatMap(Int.init) ?? 0
        guard declared <= limit, let buffer = try await body.collectIfSmall(upTo: limit) else {
            throw Problem.bodyTooLarge(limit: limit)
        }
        do {
            return try JSONDecoder().decode(type, from: Data(buffer.readableBytesView))
        } catch {
            throw GalleryError.invalidRequest("Send JSON like \(example).")
        }
    }
}

extension RequestBody {
    /// The whole body, or `nil` when it has more bytes than `limit`.
    func collectIfSmall(upTo limit: Int) async throws -> ByteBuffer? {
        var all = ByteBuffer()
        for try await var buffer in self {
            guard all.readableBytes + buffer.readableBytes <= limit else { return nil }
            all.writeBuffer(&buffer)
        }
        return all
    }
}
