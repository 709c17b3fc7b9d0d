import GalleryCore
import HTTPEdge
import Hummingbird

/// The one map from errors to answers.
extension Problem {
    /// - Parameters:
    ///   - error: What a route threw.
    ///   - requestID: Quoted when the error is ours, so that the log line can be found.
    init(_ error: any Error, requestID: String) {
        switch error {
        case let problem as Problem: self = problem
        case let error as GalleryError: self.init(error, requestID: requestID)
        case let error as PartlyTaken:
            self.init(error.reason, requestID: requestID)
            let before = error.count == 1 ? "The picture before it is" : "The \(error.count) pictures before it are"
            detail = "\(error.stoppedAt): \(detail) \(before) in the gallery; send the others again without it."
        case let error as MalformedForm: self.init(.badRequest, code: "bad-form", detail: error.description)
        case let error as FormError: self.init(.badRequest, code: "bad-form", detail: error.description)
        case is SlowBodyError:
            self.init(
                .requestTimeout,
                code: "slow-body",
                detail: "The upload hardly moved and was given up. Try again on a better line."
            )
        case is CutBodyError:
            self.init(
                .badRequest,
                code: "bad-request",
                detail: "The connection ended before the request did. Nothing was stored."
            )
        case let error as MethodNotAllowed:
            self.init(.methodNotAllowed, code: "method-not-allowed", detail: "This address takes \(error.allow) only.")
            allow = error.allow
        case let error as any HTTPResponseError: self.init(status: error.status)
        default: self = .internalError(requestID)
        }
    }

    private init(_ error: GalleryError, requestID: String) {
        switch error {
        case .imageNotFound(let id):
            self.init(
                .notFound,
                code: "image-not-found",
                detail: "There is no image \(id). It may have been removed, or never arrived."
            )
        case .invalidRequest(let detail):
            self.init(.badRequest, code: "bad-request", detail: detail)
        case .tooLarge(let limit):
            let size = ByteCount(limit).description
            self.init(
                .contentTooLarge,
                code: "too-large",
                detail: "A file may have \(size) at most. Make the picture smaller and retry.",
                limit: limit
            )
        case .rejected(let rejection):
            self.init(rejection)
        case .notLookedAtYet:
            self.init(
                .serviceUnavailable,
                code: "not-looked-at-yet",
                detail: "The file has arrived and waits to be looked at: it need not be sent again."
            )
        case .incompleteUpload:
            self.init(
                .badRequest,
                code: "bad-request",
                detail: "Fewer or other bytes arrived than were announced. Nothing was stored."
            )
        case .storageFull:
            self.init(
                HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"),
                code: "storage-full",
                detail: "The server's disk is full. Nothing was stored; try again when there is room."
            )
        case .storageNotReached:
            self.init(
                .serviceUnavailable,
                code: "storage-unavailable",
                detail: "The gallery's storage cannot be reached just now. Nothing is lost; try again in a moment."
            )
            retryAfter = 5
        case .storageUnavailable:
            self = .internalError(requestID)
        case .signInNeeded, .uploadTokenNeeded, .identityRefused, .identityUnavailable, .tooManyRequests:
            self.init(access: error)
        case .invalidToken, .expiredToken, .tokenMissing, .uploadGone, .uploadComplete, .partsMissing:
            self.init(upload: error)
        }
    }

    private init(_ rejection: Rejection) {
        let status: HTTPResponse.Status =
            switch rejection.reason {
            case .unsupportedType: .unsupportedMediaType
            case .unreadable, .tooManyPixels: .unprocessableContent
            case .tooLarge: .contentTooLarge
            }
        self.init(status, code: rejection.reason.rawValue, detail: rejection.detail)
    }

    private init(status: HTTPResponse.Status) {
        switch status {
        case .notFound:
            self.init(.notFound, code: "not-found", detail: "There is nothing at this address. The gallery is at `/`.")
        case .contentTooLarge:
            self.init(status, code: "too-large", detail: "The request's body is larger than this route takes.")
        default:
            self.init(
                status,
                code: "bad-request",
                detail: "The request could not be understood: \(status.reasonPhrase)."
            )
        }
    }

    private static func internalError(_ requestID: String) -> Problem {
        Problem(
            .internalServerError,
            code: "internal",
            detail: """
                Something went wrong on the server. \
                Whoever runs it finds the cause in the log under this request's id.
                """,
            requestId: requestID
        )
    }
}
