import Crypto
import GalleryCore
import HTTPEdge
import HTTPTypes
import Hummingbird

/// The mission's own contract: `POST /upload` answers with a presigned URL, `GET /gallery` with what is there.
struct MissionRoutes: Sendable {
    let gallery: Gallery
    let links: Links
    let gate: UploadGate

    /// What a form says of its file.
    private struct FileFacts {
        var name = ""
        var mediaType = ""
        var size: Int64?
        var sha256 = ""
    }

    /// `POST /upload`: the file's bytes, when the form carries them, are counted and hashed as they stream by, and
    /// never stored.
    @Sendable func upload(request: Request, context: some RequestContext) async throws -> Response {
        try await gate.admit(request, context) { try await ticket(for: request, of: $0) }
    }

    private func ticket(for request: Request, of owner: OwnerID?) async throws -> Response {
        let origin = try links.origin(of: request)
        let facts = try await readForm(request)
        guard let size = facts.size else { throw FormError.noFile }
        let file = try UploadRequest(
            name: facts.name,
            mediaType: facts.mediaType,
            byteCount: size,
            sha256: facts.sha256
        )
        let ticket = try await gallery.makeTicket(for: file, of: owner, origin: origin)
        guard request.headers[.accept]?.hasPrefix("text/plain") == true, case .put(let upload) = ticket.way else {
            return try .json(TicketJSON(ticket), status: .created)
        }
        return Response(
            status: .created,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: upload.url + "\n"))
        )
    }

    /// `GET /gallery`: a JSON array, newest first, paged by `Link`.
    @Sendable func gallery(request: Request, context: some RequestContext) async throws -> Response {
        let query = try PageQuery(request)
        let origin = try links.origin(of: request)
        let page = try await gallery.page(after: query.after, limit: query.limit)
        var headers: HTTPFields = [:]
        if let next = page.next, let link = HTTPField.Name("Link") {
            headers[link] = "<\(origin)/gallery?after=\(next)&limit=\(query.limit)>; rel=\"next\""
        }
        return try .json(page.images.map { links.json($0, origin: origin) }, headers: headers)
    }

    private func readForm(_ request: Request) async throws -> FileFacts {
        var form = try FormReader(request)
        var facts = FileFacts()
        while let part = try await form.nextPart() {
            switch part.name {
            case "file": try await readFile(part, from: &form, into: &facts)
            case "name": facts.name = try await form.text(of: part)
            case "type": facts.mediaType = try await form.text(of: part)
            case "size": facts.size = Int64(try await form.text(of: part))
            case "sha256": facts.sha256 = try await form.text(of: part)
            default: continue
            }
        }
        return facts
    }

    private func readFile(_ part: FormPart, from form: inout FormReader, into facts: inout FileFacts) async throws {
        if facts.name.isEmpty { facts.name = part.fileName ?? "" }
        if facts.mediaType.isEmpty { facts.mediaType = part.mediaType }
        var hash = SHA256()
        var byteCount: Int64 = 0
        while let content = try await form.nextContent() {
            byteCount += Int64(content.readableBytes)
            guard byteCount <= gallery.limits.uploadBytes else {
                throw GalleryError.tooLarge(limit: gallery.limits.uploadBytes)
            }
            hash.update(data: content.readableBytesView)
        }
        guard byteCount > 0, let digest = ContentDigest(bytes: hash.finalize()) else { return }
        facts.size = byteCount
        facts.sha256 = digest.base64
    }
}
