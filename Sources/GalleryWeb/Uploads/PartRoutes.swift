import GalleryCore
import Hummingbird

/// `/api/uploads/…`: uploads in parts, each request with the ticket's token.
struct PartRoutes: Sendable {
    /// The most parts that one request may ask URLs for.
    static let maximumPartsPerRequest = 100

    let gallery: Gallery
    let links: Links

    private struct SignBody: Decodable {
        struct Part: Decodable {
            let number: Int
            let sha256: String
        }

        let token: String
        let parts: [Part]
    }

    private struct TokenBody: Decodable {
        let token: String
    }

    private static let tokenExample = "{\"token\":\"<the ticket's token>\"}"

    /// `POST /api/uploads/parts`: URLs for parts that are about to be sent.
    @Sendable func sign(request: Request, context: some RequestContext) async throws -> Response {
        let example = """
            {"token":"<the ticket's token>","parts":[{"number":1,"sha256":"<base64 of the part's SHA-256>"}]}
            """
        let body = try await request.json(SignBody.self, like: example)
        guard (1...Self.maximumPartsPerRequest).contains(body.parts.count) else {
            throw GalleryError.invalidRequest("`parts` must name 1 to \(Self.maximumPartsPerRequest) parts.")
        }
        let parts = try body.parts.map { part in
            guard let digest = ContentDigest(base64: part.sha256) else {
                let words = "must be the SHA-256 of its bytes in base64: 44 characters that end in `=`."
                throw GalleryError.invalidRequest("`sha256` of part \(part.number) \(words)")
            }
            return (number: part.number, digest: digest)
        }
        let origin = try links.origin(of: request)
        return try .json(SignedPartsJSON(try await gallery.signParts(parts, token: body.token, origin: origin)))
    }

    /// `GET /api/uploads/parts?token=`: what the store has.
    @Sendable func list(request: Request, context: some RequestContext) async throws -> Response {
        let token = request.uri.queryParameters.get("token") ?? ""
        let stored = try await gallery.storedParts(token: token)
        return try .json(StoredPartsJSON(plan: stored.plan, parts: stored.parts))
    }

    /// `POST /api/uploads/complete`: everything was sent.
    @Sendable func complete(request: Request, context: some RequestContext) async throws -> Response {
        let body = try await request.json(TokenBody.self, like: Self.tokenExample)
        let (id, state) = try await gallery.completeUpload(token: body.token)
        let status: HTTPResponse.Status = state == .incoming ? .accepted : .ok
        return try links.answer(state, of: id, to: request, status: status)
    }

    /// `DELETE /api/uploads`: nothing more will be sent.
    @Sendable func abort(request: Request, context: some RequestContext) async throws -> Response {
        let body = try await request.json(TokenBody.self, like: Self.tokenExample)
        try await gallery.abortUpload(token: body.token)
        return Response(status: .noContent)
    }
}
