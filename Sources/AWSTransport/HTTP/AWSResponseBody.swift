package import NIOCore

/// The bytes of an answer as they arrive; reading slowly makes the sender wait.
///
/// There is one stream behind all copies and iterators: each piece is given out once, and a second loop goes on where
/// the first one stopped. Only one task may read at a time.
package struct AWSResponseBody: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer
    package typealias Failure = any Error

    private let read: @Sendable () async throws -> ByteBuffer?

    /// Reads by a function.
    ///
    /// - Parameter read: The next piece, `nil` at the end and ever after.
    package init(_ read: @escaping @Sendable () async throws -> ByteBuffer?) {
        self.read = read
    }

    /// Starts, or goes on, reading.
    package func makeAsyncIterator() -> Iterator {
        Iterator(read: read)
    }

    /// Gives out the pieces in order.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let read: @Sendable () async throws -> ByteBuffer?

        /// The next piece, `nil` at the end.
        package mutating func next() async throws -> ByteBuffer? {
            try await read()
        }

        /// The next piece, `nil` at the end.
        package mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            try await read()
        }
    }
}

extension AWSResponseBody {
    /// Everything that is left, joined.
    ///
    /// - Parameter limit: The most bytes to keep in memory.
    /// - Returns: The bytes.
    /// - Throws: ``AWSError`` of kind `badAnswer` as soon as there are more than `limit` bytes.
    package func collect(upTo limit: Int) async throws -> ByteBuffer {
        var bytes = ByteBuffer()
        while let piece = try await read() {
            guard bytes.readableBytes + piece.readableBytes <= limit else {
                throw AWSError(.badAnswer, "The answer is larger than \(limit) bytes.")
            }
            bytes.writeImmutableBuffer(piece)
        }
        return bytes
    }

    /// The first bytes of what is left; the rest is not waited for.
    ///
    /// - Parameter limit: The most bytes to keep.
    /// - Returns: At most `limit` bytes.
    /// - Throws: What reading throws.
    func prefix(upTo limit: Int) async throws -> ByteBuffer {
        var bytes = ByteBuffer()
        while bytes.readableBytes < limit, var piece = try await read() {
            let wanted = Swift.min(limit - bytes.readableBytes, piece.readableBytes)
            if let slice = piece.readSlice(length: wanted) { bytes.writeImmutableBuffer(slice) }
        }
        return bytes
    }
}
