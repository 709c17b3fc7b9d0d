import GalleryCore
import HTTPEdge
import Hummingbird

/// `/api/images`: browse, one, and the way in that carries bytes.
struct ImageRoutes: Sendable {
    /// The longest a long poll may take.
    static let longestWait = 20

    let gallery: Gallery
    let links: Links
    let gate: UploadGate

    private struct Page: Encodable {
        let images: [ImageJSON]
        let next: String?
        var waiting: [UploadStateJSON]?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(images, forKey: .images)
            try container.encode(next, forKey: .next)
            try container.encodeIfPresent(waiting, forKey: .waiting)
        }

        private enum CodingKeys: CodingKey {
            case images, next, waiting
        }
    }

    /// `GET /api/images?after=&limit=`.
    @Sendable func list(request: Request, context: some RequestContext) async throws -> Response {
        let query = try PageQuery(request)
        let origin = try links.origin(of: request)
        let person = try await gate.person(request)
        let page = try await gallery.page(after: query.after, limit: query.limit)
        let images = page.images.map { links.json($0, origin: origin, for: person) }
        return try .json(Page(images: images, next: page.next?.description))
    }

    /// `GET /api/images/{id}?wait=`.
    @Sendable func one(request: Request, context: some RequestContext) async throws -> Response {
        let id = try Self.id(in: context)
        let wait = try wait(of: request)
        guard let state = try await gallery.state(of: id, waiting: .seconds(wait)) else {
            throw GalleryError.imageNotFound(id)
        }
        return try links.answer(state, of: id, to: request, for: try await gate.person(request))
    }

    /// `DELETE /api/images/{id}` with `Authorization: Bearer <token>`.
    @Sendable func remove(request: Request, context: some RequestContext) async throws -> Response {
        let id = try Self.id(in: context)
        guard let token = request.bearer else { throw GalleryError.tokenMissing }
        try await gallery.remove(id, token: token, of: try await gate.person(request))
        return Response(status: .noContent)
    }

    /// `GET /api/images/{id}/original`: to a URL for one download, made on the click.
    @Sendable func original(request: Request, context: some RequestContext) async throws -> Response {
        let url = try await gallery.original(of: Self.id(in: context), origin: links.origin(of: request))
        return Response(status: .seeOther, headers: [.location: url, .cacheControl: "no-store"])
    }

    private static func id(in context: some RequestContext) throws(GalleryError) -> ImageID {
        guard let id = context.parameters.get("id", as: ImageID.self) else {
            throw .invalidRequest("An image id has \(ImageID.length) letters and digits.")
        }
        return id
    }

    /// `POST /api/images`: a form with `file` parts, or a raw body.
    @Sendable func receive(request: Request, context: some RequestContext) async throws -> Response {
        try await gate.admit(request, context) { try await receive(request, of: $0) }
    }

    private func receive(_ request: Request, of owner: OwnerID?) async throws -> Response {
        let origin = try links.origin(of: request)
        try checkDeclaredSize(request)
        let isForm = FormReader.isForm(request)
        let received = isForm ? try await receiveForm(request, of: owner) : [try await receiveRaw(request, of: owner)]
        if request.prefersHTML {
            let path = received.count == 1 ? received[0].image?.pagePath : nil
            return Response(status: .seeOther, headers: [.location: path ?? "/"])
        }
        guard received.count == 1 else {
            let waiting = received.filter { $0.image == nil }.map { waitingJSON($0.asked) }
            let images = received.compactMap { json($0, origin: origin) }
            let page = Page(images: images, next: nil, waiting: waiting.isEmpty ? nil : waiting)
            return try .json(page, status: status(of: received))
        }
        guard let image = json(received[0], origin: origin), let path = received[0].image?.pagePath else {
            let id = received[0].asked
            return try .json(waitingJSON(id), status: .accepted, headers: [.location: "/api/images/\(id)"])
        }
        return try .json(image, status: status(of: received), headers: [.location: path])
    }

    /// A file that came: where it was to be, and the picture it became; `nil` while it waits to be looked at elsewhere.
    private typealias Received = (asked: ImageID, image: GalleryImage?)

    private func status(of received: [Received]) -> HTTPResponse.Status {
        if received.contains(where: { $0.image == nil }) { return .accepted }
        return received.contains { $0.asked == $0.image?.id } ? .created : .ok
    }

    private func waitingJSON(_ id: ImageID) -> UploadStateJSON {
        UploadStateJSON(id: "\(id)", state: "incoming", deleteToken: gallery.removalToken(for: id))
    }

    /// The picture; with the token that removes it for whoever brought these bytes first.
    private func json(_ received: Received, origin: String) -> ImageJSON? {
        guard let image = received.image else { return nil }
        var json = links.json(image, origin: origin, for: image.owner)
        if received.asked == image.id { json.deleteToken = gallery.removalToken(for: received.asked) }
        return json
    }

    private func receiveForm(_ request: Request, of owner: OwnerID?) async throws -> [Received] {
        var form = try FormReader(request)
        var received: [Received] = []
        while let part = try await form.nextPart() {
            guard part.name == "file" else { continue }
            // A browser sends a nameless empty file when none was chosen.
            guard part.fileName != "" else { continue }
            let name = FileName(part.fileName ?? "")
            do {
                let result = try await gallery.receive(name: name, of: owner) { write in
                    while let content = try await form.nextContent() { try await write(content) }
                }
                received.append(result)
            } catch GalleryError.notLookedAtYet(let id) {
                received.append((id, nil))
            } catch let error as GalleryError where !received.isEmpty {
                throw PartlyTaken(count: received.count, stoppedAt: name, reason: error)
            }
        }
        guard !received.isEmpty else { throw FormError.noFile }
        return received
    }

    private func receiveRaw(_ request: Request, of owner: OwnerID?) async throws -> Received {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") != true else {
            throw FormError.notAForm
        }
        let name = FileName(request.uri.queryParameters.get("name") ?? "")
        do {
            return try await gallery.receive(name: name, of: owner) { write in
                for try await buffer in request.body { try await write(buffer) }
            }
        } catch GalleryError.notLookedAtYet(let id) {
            return (id, nil)
        }
    }

    /// Refuses what says itself that it is too large, before a byte is read.
    ///
    /// A form's own text gets 1 MiB of room.
    private func checkDeclaredSize(_ request: Request) throws(GalleryError) {
        guard !FormReader.isForm(request), let declared = request.headers[.contentLength].flatMap(Int64.init) else {
            return
        }
        guard declared <= gallery.limits.uploadBytes else { throw .tooLarge(limit: gallery.limits.uploadBytes) }
    }

    private func wait(of request: Request) throws(GalleryError) -> Int {
        guard let text = request.uri.queryParameters.get("wait") else { return 0 }
        guard let seconds = Int(text), (0...Self.longestWait).contains(seconds) else {
            throw .invalidRequest("`wait` must be a number of seconds from 0 to \(Self.longestWait).")
        }
        return seconds
    }
}
