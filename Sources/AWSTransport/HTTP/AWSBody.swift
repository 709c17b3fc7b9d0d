package import NIOCore

/// What is sent behind a request's head.
package enum AWSBody: Sendable {
    /// Nothing.
    case none

    /// Bytes in memory.
    case bytes(ByteBuffer)

    /// Bytes read while they are sent.
    ///
    /// `byteCount` is exact: sending more or fewer bytes fails. `open` is called for each attempt; when the source can
    /// be read only once, `canReopen` is false and nothing is tried again after it was opened.
    case stream(byteCount: Int64, canReopen: Bool = true, open: @Sendable () async throws -> AWSBodyReader)

    /// How many bytes are sent.
    package var byteCount: Int64 {
        switch self {
        case .none: 0
        case .bytes(let bytes): Int64(bytes.readableBytes)
        case .stream(let byteCount, _, _): byteCount
        }
    }

    /// Whether a second attempt can send the same bytes.
    package var canReopen: Bool {
        switch self {
        case .none, .bytes: true
        case .stream(_, let canReopen, _): canReopen
        }
    }
}
