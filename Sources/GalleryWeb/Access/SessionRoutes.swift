import GalleryCore
import Hummingbird

/// `/api/session`: what a page has to know before it can upload.
struct SessionRoutes: Sendable {
    let gate: UploadGate
    let guide: (any SignInGuide)?

    private struct Session: Encodable {
        let uploads: String
        let signIn: SignInDirections?
    }

    /// `GET /api/session`: who may upload, and where people sign in.
    @Sendable func get(request: Request, context: some RequestContext) async throws -> Response {
        try .json(Session(uploads: gate.policy.rawValue, signIn: try await guide?.directions()))
    }
}
