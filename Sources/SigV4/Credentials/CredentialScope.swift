/// What a signing key is good for: one day, one region, one service.
public struct CredentialScope: Sendable, Hashable, CustomStringConvertible {
    /// The day as `20250102`, in UTC.
    public let day: String

    /// The region, for example `us-east-1`.
    public let region: String

    /// The service, for example `s3`.
    public let service: String

    /// Names a scope.
    ///
    /// - Parameters:
    ///   - day: The day as `20250102`, in UTC.
    ///   - region: The region.
    ///   - service: The service.
    public init(day: String, region: String, service: String) {
        self.day = day
        self.region = region
        self.service = service
    }

    /// The scope as it is signed: `20250102/us-east-1/s3/aws4_request`.
    public var description: String { "\(day)/\(region)/\(service)/\(Self.terminal)" }

    /// The last part of every scope.
    static let terminal = "aws4_request"
}
