package import AWSTransport

/// Why an operation failed.
package enum DynamoDBError: Error, Sendable, Equatable {
    /// The condition did not hold; nothing was written.
    case conditionFailed
    /// The transaction was refused as a whole; one reason for each of its items, in their order.
    case transactionRefused([CancellationReason])
    /// There is no such table.
    case noSuchTable
    /// There is such a table already, or it is being changed.
    case tableInUse
    /// The service was asked too much, or others wrote the same items at once, until the attempts were used up.
    case throttled(AWSError)
    /// Some of the items were put off until the attempts were used up.
    case unprocessed(count: Int)
    /// The answer is not what was asked for.
    case badAnswer(String)
    /// More items than one request may have.
    case tooManyItems(limit: Int)
    /// The request was refused, or did not get through.
    case failed(AWSError)
    /// The task was cancelled.
    case cancelled

    /// What a failure of the transport means here.
    init(_ error: any Error) {
        switch error {
        case let error as DynamoDBError: self = error
        case let error as AWSError: self.init(error)
        case is CancellationError: self = .cancelled
        default: self = .failed(AWSError(.badRequest, "\(error)"))
        }
    }

    private init(_ error: AWSError) {
        switch error.code {
        case "ConditionalCheckFailedException": self = .conditionFailed
        case "TransactionCanceledException":
            let codes = error.fields[DynamoDBErrorReader.reasonsField] ?? ""
            self = .transactionRefused(codes.split(separator: " ").map { CancellationReason(code: String($0)) })
        case "ResourceNotFoundException", "TableNotFoundException": self = .noSuchTable
        case "ResourceInUseException", "TableAlreadyExistsException": self = .tableInUse
        default: self = error.isThrottling ? .throttled(error) : .failed(error)
        }
    }

    /// Whether the same may well succeed a little later.
    package var isTransient: Bool {
        switch self {
        case .throttled, .unprocessed: true
        case .failed(let error): error.isRetryable
        default: false
        }
    }
}

/// Why one item of a transaction stood in its way, or that it did not.
package enum CancellationReason: Sendable, Hashable {
    /// It did not.
    case none
    /// Its condition did not hold.
    case conditionFailed
    /// Someone else was writing it.
    case conflict
    /// Its partition or table was asked too much.
    case throttled
    /// Something else, in DynamoDB's word.
    case other(String)

    init(code: String) {
        switch code {
        case "None": self = .none
        case "ConditionalCheckFailed": self = .conditionFailed
        case "TransactionConflict": self = .conflict
        case "ThrottlingError", "ProvisionedThroughputExceeded": self = .throttled
        default: self = .other(code)
        }
    }

    /// Whether it passes by itself.
    var isTransient: Bool { self == .conflict || self == .throttled }
}
