import GalleryCore
import Hummingbird

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `/api/uploads`: tickets.
///
/// Only metadata passes through here, never a picture's bytes.
struct UploadRoutes: Sendable {
    /// The most bytes a JSON body may have.
    static let maximumJSONByteCount = 64 << 10

    let gallery: Gallery
    let links: Links

    /// What the page says of a file.
    private struct Body: Decodable {
        let name: String?
        let type: String?
        let size: Int64
        let sha256: String
    }

    /// `POST /api/uploads`: a ticket, or the picture when its bytes are known.
    @Sendable func requestTicket(request: Request, context: some RequestContext) async throws -> Response {
        let body = try await decode(request)
        let origin = try links.origin(of: request)
        let upload = try UploadRequest(
            name: body.name ?? "",
            mediaType: body.type ?? "",
            byteCount: body.size,
            sha256: body.sha256
        )
        switch try await gallery.requestUpload(upload, origin: origin) {
        case .ticket(let ticket): return try .json(TicketJSON(ticket), status: .created)
        case .known(let image): return try .json(ImageJSON(image, origin: origin))
        }
    }

    private func decode(_ request: Request) async throws -> Body {
        let declared = request.headers[.contentLength].flatMap(Int.init) ?? 0
        guard declared <= Self.maximumJSONByteCount,
            let buffer = try await request.body.collectIfSmall(upTo: Self.maximumJSONByteCount)
        else { throw GalleryError.tooLarge(limit: Int64(Self.maximumJSONByteCount)) }
        do {
            return try JSONDecoder().decode(Body.self, from: Data(buffer.readableBytesView))
        } catch {
            throw GalleryError.invalidRequest(
                """
                Send JSON like {"name":"cat.jpg","type":"image/jpeg","size":12345,\
                "sha256":"<base64 of the file's SHA-256>"}.
                """
            )
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
