import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// A body that has outgrown what may be collected.
struct BodyTooLarge: Error {}

/// Takes a response's body into one buffer, up to a limit.
final class CollectedBody: ResponseBodyWriter, Sendable {
    private let limit: Int
    private let collected = Mutex(ByteBuffer())

    /// A buffer that takes so many bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// What came.
    var bytes: ByteBuffer { collected.withLock { $0 } }

    /// Takes a piece.
    ///
    /// - Throws: ``BodyTooLarge``, before more than the limit is held.
    func write(_ buffer: ByteBuffer) async throws {
        try collected.withLock { bytes in
            guard bytes.readableBytes + buffer.readableBytes <= limit else { throw BodyTooLarge() }
            if bytes.readableBytes == 0 { bytes = buffer } else { bytes.writeImmutableBuffer(buffer) }
        }
    }

    /// The end; trailing fields have no place in an answer.
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// Sends a response's body on as it is made.
struct StreamedBody: ResponseBodyWriter {
    private let writer: @Sendable (ByteBuffer) async throws -> Void

    /// Hands each piece on.
    init(_ writer: @escaping @Sendable (ByteBuffer) async throws -> Void) {
        self.writer = writer
    }

    /// Sends a piece.
    mutating func write(_ buffer: ByteBuffer) async throws {
        try await writer(buffer)
    }

    /// The end; trailing fields have no place in an answer.
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
