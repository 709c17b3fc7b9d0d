import GalleryCore
import Hummingbird

/// `/api/uploads`: tickets.
///
/// Only metadata passes through here, never a picture's bytes.
struct UploadRoutes: Sendable {
    let gallery: Gallery
    let links: Links
    let gate: UploadGate

    /// What the page says of a file.
    private struct Body: Decodable {
        let name: String?
        let type: String?
        let size: Int64
        let sha256: String?
    }

    /// `POST /api/uploads`: a ticket, or the picture when its bytes are known.
    @Sendable func requestTicket(request: Request, context: some RequestContext) async throws -> Response {
        try await gate.admit(request, context) { try await ticket(for: request, of: $0) }
    }

    private func ticket(for request: Request, of owner: OwnerID?) async throws -> Response {
        let example = """
            {"name":"cat.jpg","type":"image/jpeg","size":12345,"sha256":"<base64 of the file's SHA-256>"}
            """
        let body = try await request.json(Body.self, like: example)
        let origin = try links.origin(of: request)
        let upload = try UploadRequest(
            name: body.name ?? "",
            mediaType: body.type ?? "",
            byteCount: body.size,
            sha256: body.sha256
        )
        switch try await gallery.requestUpload(upload, of: owner, origin: origin) {
        case .ticket(let ticket): return try .json(TicketJSON(ticket), status: .created)
        case .known(let image): return try .json(links.json(image, origin: origin, for: owner))
        }
    }
}
