extension AWSError {
    /// Whether the service says that it is asked too much.
    package var isThrottling: Bool {
        status == 429 || code.map(Self.throttlingCodes.contains) == true
    }

    /// Whether another attempt may well succeed; says nothing about whether it is safe.
    package var isRetryable: Bool {
        switch kind {
        case .transport, .timeout: true
        case .service:
            isThrottling || code.map(Self.transientCodes.contains) == true
                || status.map(Self.transientStatuses.contains) == true
        case .credentials, .badAnswer, .badRequest, .cancelled: false
        }
    }

    /// Whether the service says that the request's date is wrong.
    package var isClockSkew: Bool {
        code.map(Self.skewCodes.contains) == true
    }

    /// Whether the error is one that a wrong date can cause without being named.
    var mayBeClockSkew: Bool {
        isClockSkew || code.map(Self.signatureCodes.contains) == true || (code == nil && status == 403)
    }

    /// Whether the service says that temporary credentials are over.
    package var isExpiredCredentials: Bool {
        code.map(Self.expiredCodes.contains) == true
    }

    /// The codes of the SDKs' standard mode, and S3's `SlowDown`.
    private static let throttlingCodes: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "SlowDown",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled",
        "PriorRequestNotComplete", "EC2ThrottledException",
        // DynamoDB's: others are writing the same items; nothing was done.
        "TransactionConflictException",
    ]

    private static let transientCodes: Set<String> = [
        "RequestTimeout", "RequestTimeoutException", "InternalError", "ServiceUnavailable", "IDPCommunicationError",
    ]

    private static let transientStatuses: Set<Int> = [500, 502, 503, 504]

    private static let skewCodes: Set<String> = ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]

    private static let signatureCodes: Set<String> = [
        "SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure",
    ]

    private static let expiredCodes: Set<String> = [
        "ExpiredToken", "ExpiredTokenException", "InvalidAccessKeyId", "InvalidToken",
    ]
}
