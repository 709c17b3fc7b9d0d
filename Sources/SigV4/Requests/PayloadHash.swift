/// What a request says about its body: the value of `x-amz-content-sha256`.
public enum PayloadHash: Sendable, Hashable {
    /// The SHA-256 of the body in 64 lower-case hexadecimal digits; the receiver has to compare it.
    case digest(String)
    /// `UNSIGNED-PAYLOAD`: the signature says nothing about the body.
    case unsigned
    /// `STREAMING-AWS4-HMAC-SHA256-PAYLOAD`: `aws-chunked`, every chunk signed.
    case streamingSigned
    /// `STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER`: `aws-chunked`, every chunk and the trailer signed.
    case streamingSignedTrailer
    /// `STREAMING-UNSIGNED-PAYLOAD-TRAILER`: `aws-chunked` with a trailer, nothing signed.
    case streamingUnsignedTrailer

    /// Reads the header's value.
    ///
    /// - Parameter headerValue: The value; anything but the five forms is `nil`.
    public init?(headerValue: String) {
        switch headerValue {
        case "UNSIGNED-PAYLOAD": self = .unsigned
        case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD": self = .streamingSigned
        case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER": self = .streamingSignedTrailer
        case "STREAMING-UNSIGNED-PAYLOAD-TRAILER": self = .streamingUnsignedTrailer
        case _ where Hex.isDigest(headerValue.utf8): self = .digest(headerValue)
        default: return nil
        }
    }

    /// The header's value, which is also the last line of the canonical request.
    public var headerValue: String {
        switch self {
        case .digest(let digest): digest
        case .unsigned: "UNSIGNED-PAYLOAD"
        case .streamingSigned: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
        case .streamingSignedTrailer: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
        case .streamingUnsignedTrailer: "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
        }
    }

    /// Whether the body is framed as `aws-chunked` and has to go through ``ChunkedPayloadDecoder``.
    public var isStreaming: Bool {
        switch self {
        case .digest, .unsigned: false
        case .streamingSigned, .streamingSignedTrailer, .streamingUnsignedTrailer: true
        }
    }
}
