import NIOCore
import NIOHTTP1

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `/api/uploads`: tickets, parts, completing and aborting.
extension GalleryAPI {
    private struct TokenBody: Encodable {
        let token: String
    }

    private struct PartsBody: Encodable {
        let token: String
        let parts: [PartClaim]
    }

    private struct SignedParts: Decodable {
        let parts: [SignedPart]
    }

    private struct Shape: Decodable {
        let multipart: MultipartTicket.Parts?
    }

    /// Asks for a ticket.
    ///
    /// - Throws: ``GalleryClientError``, or `CancellationError`.
    package func requestUpload(_ offer: UploadOffer) async throws -> UploadGrant {
        let answer = try await send(Call(method: .POST, path: "/api/uploads", body: try json(offer), bearer: bearer))
        if answer.status == 200 { return .known(try answer.decode()) }
        return try answer.decode(Shape.self).multipart == nil
            ? .put(try answer.decode()) : .multipart(try answer.decode())
    }

    /// Asks where parts go, right before they are sent.
    ///
    /// - Parameters:
    ///   - claims: One to a hundred parts.
    ///   - token: The upload's capability.
    /// - Returns: The parts asked for, in that order.
    /// - Throws: ``GalleryClientError``, or `CancellationError`.
    package func sign(_ claims: [PartClaim], token: String) async throws -> [SignedPart] {
        let body = try json(PartsBody(token: token, parts: claims))
        let signed: SignedParts = try await send(Call(method: .POST, path: "/api/uploads/parts", body: body)).decode()
        let byNumber = Dictionary(signed.parts.map { ($0.number, $0) }) { first, _ in first }
        return try claims.map { claim in
            guard let part = byNumber[claim.number] else {
                throw GalleryClientError.notAGallery(reason: "it signed other parts than those it was asked for")
            }
            return part
        }
    }

    /// Asks which parts the store has.
    ///
    /// - Throws: ``GalleryClientError``, or `CancellationError`.
    package func storedParts(token: String) async throws -> StoredParts {
        try await send(Call(path: "/api/uploads/parts?token=\(QueryValue(token))")).decode()
    }

    /// Says that all is sent.
    ///
    /// - Returns: What is known of the picture now.
    /// - Throws: ``GalleryClientError``, or `CancellationError`.
    package func complete(token: String) async throws -> PictureState {
        let body = try json(TokenBody(token: token))
        let call = Call(method: .POST, path: "/api/uploads/complete", body: body, hold: Self.joiningTime)
        return try await send(call).decode()
    }

    /// Gives an upload up; the store forgets its parts.
    ///
    /// - Throws: ``GalleryClientError``, or `CancellationError`.
    package func abort(token: String) async throws {
        _ = try await send(Call(method: .DELETE, path: "/api/uploads", body: try json(TokenBody(token: token))))
    }

    private func json(_ value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ByteBuffer(bytes: try encoder.encode(value))
    }
}

/// A value in a query, percent-encoded but for RFC 3986's unreserved characters.
struct QueryValue: CustomStringConvertible {
    let description: String

    init(_ text: String) {
        let digits = Array("0123456789ABCDEF")
        description = text.utf8.reduce(into: "") { encoded, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
