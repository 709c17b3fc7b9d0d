import GalleryCore
import Hummingbird

extension Problem {
    /// Why somebody may not do this, or not now.
    init(access error: GalleryError) {
        switch error {
        case .signInNeeded:
            self.init(
                .unauthorized,
                code: "sign-in-needed",
                detail: """
                    Only people who have signed in may upload here. Sign in on the page, or send the provider's token \
                    as `Authorization: Bearer …`; `GET /api/session` says where to get one.
                    """
            )
        case .uploadTokenNeeded:
            self.init(
                .unauthorized,
                code: "upload-token-needed",
                detail: """
                    Uploading here takes the gallery's upload token, as `Authorization: Bearer …`. Ask whoever runs \
                    the gallery for it.
                    """
            )
        case .identityRefused(let reason):
            self.init(
                .unauthorized,
                code: "token-refused",
                detail: "The token that says who you are does not hold. \(reason) Sign in again."
            )
        case .identityUnavailable:
            self.init(
                .serviceUnavailable,
                code: "sign-in-unavailable",
                detail: """
                    Whoever vouches for people here cannot be reached just now. Nothing is lost; try again in a moment.
                    """
            )
            retryAfter = 5
        case .tooManyRequests(let decision):
            let wait = decision.retryAfter ?? 1
            self.init(
                .tooManyRequests,
                code: "too-many-requests",
                detail: """
                    \(decision.limit.count) uploads in \(decision.limit.seconds) seconds may begin here, and \
                    \(decision.limit.burst) at once. Go on in \(wait) second\(wait == 1 ? "" : "s").
                    """
            )
            retryAfter = wait
            rate = decision
        default:
            preconditionFailure("the caller's switch sends refusals of access only")
        }
    }
}
