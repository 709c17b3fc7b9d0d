@testable import ObjectStore

extension ObjectKey: ExpressibleByStringLiteral {
    /// A key that is written in a test.
    public init(stringLiteral value: String) {
        guard let key = ObjectKey(rawValue: value) else { preconditionFailure("not a key: \(value)") }
        self = key
    }
}

extension BucketName: ExpressibleByStringLiteral {
    /// A name that is written in a test.
    public init(stringLiteral value: String) {
        guard let name = BucketName(rawValue: value) else { preconditionFailure("not a bucket's name: \(value)") }
        self = name
    }
}
