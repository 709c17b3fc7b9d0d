import S3XML

/// What a store's answer to a PUT means for the upload.
package enum StoreAnswer: Sendable, Equatable {
    /// The bytes are there, and durable.
    case stored
    /// The URL is not good, or no longer: ask for a fresh one, once.
    case forbidden
    /// Other bytes arrived than were signed.
    case badDigest
    /// The store does not know the upload.
    case gone
    /// It may go well later.
    case transient(TransientFault)
    /// It will not go well.
    case refused(status: Int, code: String?, message: String?)

    /// The most bytes of an error document that are read.
    static let longestErrorDocument = 64 << 10

    /// Reads an answer.
    ///
    /// 412 is success: ids are random and each URL writes only where nothing is, so what is there came from us, by a
    /// request whose answer was lost.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - retryAfter: The header `Retry-After`.
    ///   - document: The body, S3's error XML or anything else.
    package init(status: Int, retryAfter: String?, document: some Collection<UInt8>) {
        let error = try? XMLElement(parsing: document)
        let code = error?.name == "Error" ? error?["Code"] : nil
        if let fault = TransientFault(status: status, retryAfter: retryAfter) {
            self = .transient(fault)
            return
        }
        switch (status, code) {
        case (200..<300, _), (412, _): self = .stored
        case (403, _): self = .forbidden
        case (400, "BadDigest"), (400, "XAmzContentChecksumMismatch"): self = .badDigest
        case (400, "RequestTimeout"), (409, "ConditionalRequestConflict"), (409, "OperationAborted"):
            self = .transient(TransientFault(reason: "the store answered \(code ?? "")"))
        case (404, _): self = .gone
        default: self = .refused(status: status, code: code, message: error?["Message"])
        }
    }
}
