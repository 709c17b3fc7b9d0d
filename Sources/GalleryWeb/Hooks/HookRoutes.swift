import GalleryCore
import HTTPTypes
import Hummingbird
import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `/hooks/s3`: stores elsewhere say here that something has arrived.
///
/// What a message says is only a hint where to look; ingest believes the store alone.
struct HookRoutes: Sendable {
    /// The most bytes of a message (SNS: 256 KiB).
    static let maximumByteCount = 256 << 10

    let gallery: Gallery
    let secret: HookSecret

    private struct Answer: Encodable {
        /// How many uploads of this gallery the message told of.
        let noticed: Int
    }

    /// `POST /hooks/s3`: a message of any store that `StorageMessage` reads, in any media type.
    @Sendable func receive(request: Request, context: some RequestContext) async throws -> Response {
        let body = try await admittedBody(request)
        let message: StorageMessage
        do {
            message = try StorageMessage(parsing: body)
        } catch {
            throw GalleryError.invalidRequest("Send the store's event as it is: a JSON object.")
        }
        switch message {
        case .stored(let addresses):
            return try .json(Answer(noticed: gallery.noticeUploads(at: addresses)))
        case .subscription(let url):
            context.logger.notice("SNS asks to be confirmed: open this address once", metadata: ["url": "\(url)"])
            return try .json(Answer(noticed: 0))
        }
    }

    /// The body, when its sender knows the secret.
    ///
    /// A wrong token is refused before a byte is read.
    private func admittedBody(_ request: Request) async throws -> Data {
        guard let claim = HookClaim(request) else { throw Self.unknownSender }
        if case .token(let token) = claim, !secret.matches(token) { throw Self.wrongSecret }
        let declared = request.headers[.contentLength].flatMap(Int.init) ?? 0
        guard declared <= Self.maximumByteCount,
            let buffer = try await request.body.collectIfSmall(upTo: Self.maximumByteCount)
        else { throw Problem.bodyTooLarge(limit: Self.maximumByteCount) }
        let body = Data(buffer.readableBytesView)
        if case .signature(let signature) = claim, !secret.signed(body, as: signature) { throw Self.wrongSecret }
        return body
    }

    private static var unknownSender: Problem {
        Problem(
            .unauthorized,
            code: "unauthorized",
            detail: """
                A hook has to show the secret it was set up with: as `Authorization: Bearer …`, as `?token=…`, or by \
                `X-Imgn-Signature: sha256=…`, the body's HMAC-SHA256 in hexadecimal digits.
                """
        )
    }

    private static var wrongSecret: Problem {
        Problem(.forbidden, code: "invalid-token", detail: "This is not the secret that the hook was set up with.")
    }
}
