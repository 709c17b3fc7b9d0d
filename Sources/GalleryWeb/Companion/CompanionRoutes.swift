import GalleryCore
import HTTPTypes
import Hummingbird

/// `/s3/…`: the S3 half of Uppy Companion's protocol, so that Uppy uploads to this gallery unchanged.
///
/// Every success is 200, as there; refusals are written by ``CompanionMiddleware``. The pair `uploadId` and `key` is
/// checked in each request: both are ours, and belong together.
struct CompanionRoutes: Sendable {
    /// The most bytes of the JSON that begins an upload (Companion's 100 kB).
    static let maximumBeginByteCount = 100 << 10
    /// The most bytes of the JSON that completes one (Companion's 1 MB: 10,000 parts).
    static let maximumCompleteByteCount = 1 << 20
    /// The most parts that one request may ask URLs for: five bytes of a request's head ask for a signature each.
    static let maximumPartsPerBatch = 1_000

    let gallery: Gallery
    let links: Links
    let gate: UploadGate

    /// `GET /s3/params?filename=&type=`: how to send a small file.
    ///
    /// A form for one POST; or, for a client that says the file's size and SHA-256 (plain or as `metadata[…]`), one PUT
    /// that binds both. Uppy 5 can do either, Uppy 6 knows forms only.
    @Sendable func params(request: Request, context: some RequestContext) async throws -> Response {
        try await gate.admit(request, context) { try await params(for: request, of: $0) }
    }

    private func params(for request: Request, of owner: OwnerID?) async throws -> Response {
        let query = FormQuery(request)
        guard let name = query["filename"], !name.isEmpty else {
            throw GalleryError.invalidRequest("The query must name the file: `?filename=cat.jpg`.")
        }
        let origin = try links.origin(of: request)
        let mediaType = query["type"] ?? ""
        let seconds = gallery.limits.ticketSeconds
        guard let size = query["size"] ?? query["metadata[size]"],
            let sha256 = query["sha256"] ?? query["metadata[sha256]"]
        else {
            let name = FileName(name)
            let form = try await gallery.makeForm(name: name, mediaType: mediaType, of: owner, origin: origin)
            return try .json(CompanionParams(form, seconds: seconds))
        }
        let byteCount = Int64(size) ?? 0
        let file = try UploadRequest(name: name, mediaType: mediaType, byteCount: byteCount, sha256: sha256)
        let ticket = try await gallery.makeTicket(for: file, of: owner, origin: origin)
        return try .json(CompanionParams(ticket, seconds: seconds))
    }

    private struct BeginBody: Decodable {
        let filename: String
        let type: String?
    }

    private struct BegunUpload: Encodable {
        let key: String
        let uploadId: String
        let bucket: String
    }

    /// `POST /s3/multipart`: begins an upload in parts.
    @Sendable func begin(request: Request, context: some RequestContext) async throws -> Response {
        try await gate.admit(request, context) { try await begin(request, of: $0) }
    }

    private func begin(_ request: Request, of owner: OwnerID?) async throws -> Response {
        let example = """
            {"filename":"cat.jpg","type":"image/jpeg"}
            """
        let body = try await request.json(BeginBody.self, like: example, limit: Self.maximumBeginByteCount)
        guard !body.filename.isEmpty else {
            throw GalleryError.invalidRequest("`filename` must be what the file is called.")
        }
        let name = FileName(body.filename)
        let type = body.type ?? ""
        let (claim, bucket) = try await gallery.beginCompanionUpload(name: name, mediaType: type, of: owner)
        return try .json(BegunUpload(key: claim.key, uploadId: claim.token, bucket: bucket))
    }

    /// `GET /s3/multipart/{uploadId}?key=`: what the store has.
    @Sendable func list(request: Request, context: some RequestContext) async throws -> Response {
        let parts = try await gallery.companionParts(of: Self.claim(request, context))
        return try .json(parts.map(CompanionStoredPart.init))
    }

    private struct SignedPart: Encodable {
        let url: String
        let expires: Int
    }

    /// `GET /s3/multipart/{uploadId}/{partNumber}?key=`: a URL for one part.
    @Sendable func sign(request: Request, context: some RequestContext) async throws -> Response {
        let claim = try Self.claim(request, context)
        let number = try Self.number(context.parameters.get("partNumber") ?? "")
        let origin = try links.origin(of: request)
        guard let part = try await gallery.signCompanionParts([number], of: claim, origin: origin)[number] else {
            throw GalleryError.invalidRequest("There is no part \(number).")
        }
        return try .json(SignedPart(url: part.url, expires: gallery.limits.ticketSeconds))
    }

    private struct SignedBatch: Encodable {
        let presignedUrls: [String: String]
    }

    /// `GET /s3/multipart/{uploadId}/batch?key=&partNumbers=1,2`: URLs for several parts.
    @Sendable func signBatch(request: Request, context: some RequestContext) async throws -> Response {
        let claim = try Self.claim(request, context)
        let list = FormQuery(request)["partNumbers"] ?? ""
        guard list.utf8.count(where: { $0 == UInt8(ascii: ",") }) < Self.maximumPartsPerBatch else {
            throw GalleryError.invalidRequest("`partNumbers` may name \(Self.maximumPartsPerBatch) parts at most.")
        }
        let numbers = try Set(list.split(separator: ",", omittingEmptySubsequences: false).map(Self.number))
        let parts = try await gallery.signCompanionParts(numbers, of: claim, origin: links.origin(of: request))
        let urls = Dictionary(uniqueKeysWithValues: parts.map { ("\($0)", $1.url) })
        return try .json(SignedBatch(presignedUrls: urls))
    }

    private struct CompleteBody: Decodable {
        let parts: [CompanionListedPart]
    }

    private struct CompletedUpload: Encodable {
        let location: String
        let key: String
        let bucket: String
    }

    /// `POST /s3/multipart/{uploadId}/complete?key=`: everything was sent.
    @Sendable func complete(request: Request, context: some RequestContext) async throws -> Response {
        let claim = try Self.claim(request, context)
        let example = """
            {"parts":[{"PartNumber":1,"ETag":"…"}]}
            """
        let body = try await request.json(CompleteBody.self, like: example, limit: Self.maximumCompleteByteCount)
        let origin = try links.origin(of: request)
        let (id, address) = try await gallery.completeCompanionUpload(claim, list: body.parts.map(\.part))
        let page = "\(origin)/i/\(id)"
        return try .json(CompletedUpload(location: page, key: address.key, bucket: address.bucket))
    }

    /// `DELETE /s3/multipart/{uploadId}?key=`: nothing more will be sent.
    @Sendable func abort(request: Request, context: some RequestContext) async throws -> Response {
        try await gallery.abortCompanionUpload(Self.claim(request, context))
        return try .json([String: String]())
    }

    /// `GET /s3/sts`: keys for one upload, where the store has some to lend.
    @Sendable func credentials(request: Request, context: some RequestContext) async throws -> Response {
        try await gate.admit(request, context) { owner in
            guard let (credentials, address) = try await gallery.lendCredentials(for: owner) else {
                throw Problem(.badRequest, code: "no-sts", detail: "This server does not support STS credentials")
            }
            return try .json(CompanionCredentials(credentials, at: address))
        }
    }

    /// What names the upload: the path segment as it came, decoded once, and the query's `key`.
    private static func claim(
        _ request: Request,
        _ context: some RequestContext
    ) throws(GalleryError) -> CompanionClaim {
        guard let key = FormQuery(request)["key"], !key.isEmpty else {
            throw .invalidRequest("The query must have the upload's key: `?key=…`.")
        }
        guard let token = context.parameters.get("uploadId").flatMap(URLText.decode(segment:)) else {
            throw .invalidToken
        }
        return CompanionClaim(token: token, key: key)
    }

    private static func number(_ text: some StringProtocol) throws(GalleryError) -> Int {
        guard let number = Int(text), (1...PartPlan.maximumPartCount).contains(number) else {
            throw .invalidRequest("A part's number must be one from 1 to \(PartPlan.maximumPartCount).")
        }
        return number
    }
}
