import AWSTransport
import SigV4

/// Where the bucket's name stands in a request: in its path or in its host.
package enum S3Addressing: Sendable, Hashable {
    /// In the host for AWS's own endpoints, in the path for all others; and in the path for a name with dots over
    /// https, since a wildcard certificate covers one label only.
    case automatic
    /// `https://endpoint/bucket/key`.
    case path
    /// `https://bucket.endpoint/key`.
    case virtualHosted

    /// Host and path of a bucket at an endpoint; the path has no slash at its end.
    func place(of bucket: S3Bucket, at endpoint: AWSEndpoint) -> (authority: String, path: String) {
        isInHost(bucket, at: endpoint)
            ? ("\(bucket).\(endpoint.authority)", "") : (endpoint.authority, "/\(bucket)")
    }

    private func isInHost(_ bucket: S3Bucket, at endpoint: AWSEndpoint) -> Bool {
        switch self {
        case .path: false
        case .virtualHosted: true
        case .automatic:
            Self.isAmazon(endpoint.authority) && (bucket.isOneLabel || endpoint.scheme != "https")
        }
    }

    private static func isAmazon(_ authority: String) -> Bool {
        authority.hasSuffix(".amazonaws.com") || authority.hasSuffix(".amazonaws.com.cn")
    }
}
