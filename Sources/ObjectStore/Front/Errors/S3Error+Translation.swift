import SigV4

extension S3Error {
    /// A signature's refusal; SigV4 speaks S3's words already.
    init(_ error: SigV4Error) {
        self = S3Error(error.code.rawValue, error.status, error.message)
            .adding(error.details.map { Field(name: $0.name, value: $0.value) })
    }

    /// The engine's refusal, for a request of which nothing more is known than that it failed.
    ///
    /// Operations translate `preconditionFailed` and `badDigest` themselves, since only they know the condition's name
    /// and the digest that was claimed.
    init(_ error: ObjectStoreError) {
        switch error {
        case .noSuchBucket(let bucket): self = .noSuchBucket(bucket.rawValue)
        case .bucketNotEmpty(let bucket): self = .bucketNotEmpty(bucket.rawValue)
        case .bucketInUse(let bucket): self = .bucketInUse(bucket.rawValue)
        case .preconditionFailed: self = .preconditionFailed("If-Match")
        case .incompleteBody: self = .incompleteBody
        case .badDigest(let mismatch): self = .badDigest(mismatch)
        case .metadataTooLarge(let limit): self = .metadataTooLarge(limit: limit)
        case .noSpace: self = .insufficientStorage
        case .noSuchUpload(let id): self = .noSuchUpload(id.rawValue)
        case .invalidPart(let number): self = .invalidPart(number: number, etag: "", upload: "")
        case .invalidPartOrder: self = .invalidPartOrder
        case .partTooSmall(let part, let minimum): self = .entityTooSmall(part, minimum: minimum)
        case .corrupted, .storageUnavailable: self = .internalError
        }
    }

    /// Any failure: a refusal as it is, everything unknown as `InternalError`, which says nothing of its cause.
    init(any error: any Error) {
        switch error {
        case let error as S3Error: self = error
        case let error as SigV4Error: self = S3Error(error)
        case let error as ObjectStoreError: self = S3Error(error)
        default: self = .internalError
        }
    }

    /// What the log says of a failure that is our fault; never a key.
    static func cause(of error: any Error) -> String {
        switch error {
        case ObjectStoreError.corrupted: "the file of an object is damaged"
        case ObjectStoreError.storageUnavailable(let operation, let errno): "cannot \(operation): errno \(errno)"
        default: String(describing: type(of: error))
        }
    }
}
