package import AWSTransport
import S3XML

extension AWSError {
    /// Whether the object, or the upload in parts, is not there; a missing bucket is another matter.
    ///
    /// Answers to HEAD name no code, so theirs say so by status alone.
    package var isMissing: Bool {
        switch code {
        case "NoSuchKey", "NoSuchUpload", "NotFound": true
        case nil: status == 404
        default: false
        }
    }

    /// Whether there is no such upload in parts: never was, aborted, or completed.
    package var isNoSuchUpload: Bool { code == "NoSuchUpload" }

    /// Whether there is no such bucket.
    package var isNoSuchBucket: Bool { code == "NoSuchBucket" }

    /// Whether a condition of the request did not hold, or lost to another write under way (412, 409).
    package var isRefusedCondition: Bool {
        status == 412 || code == "PreconditionFailed" || code == "ConditionalRequestConflict"
    }

    /// Whether the store found other bytes than the request had announced; nothing was stored.
    package var isWrongDigest: Bool {
        switch code {
        case "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch": true
        default: false
        }
    }

    /// Whether the store does not know the operation or header.
    package var isNotImplemented: Bool { status == 501 || code == "NotImplemented" }

    /// An answer that makes no sense.
    static func badAnswer(_ message: String) -> AWSError {
        AWSError(.badAnswer, "The store's answer makes no sense: \(message).")
    }

    /// The error that a store put inside an answer of success.
    static func inside(_ document: XMLElement, status: Int) -> AWSError {
        var error = AWSError(
            .service,
            document["Message"] ?? "The store gave no reason.",
            status: status,
            code: document.optional("Code")
        )
        error.requestID = document.optional("RequestId")
        error.hostID = document.optional("HostId")
        return error
    }

    /// What the body returns, or `nil` when it throws that the object or upload is missing.
    static func nilIfMissing<Answer>(_ body: () async throws -> Answer) async throws -> Answer? {
        do {
            return try await body()
        } catch let error as AWSError where error.isMissing {
            return nil
        }
    }
}
