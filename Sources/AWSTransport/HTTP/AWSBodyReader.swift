package import NIOCore

/// Reads a request's body once, piece by piece; made anew for each attempt.
package struct AWSBodyReader {
    private let read: () async throws -> ByteBuffer?

    /// Reads by a function.
    ///
    /// - Parameter read: The next piece, `nil` at the end; never called again after the end or an error.
    package init(_ read: @escaping () async throws -> ByteBuffer?) {
        self.read = read
    }

    /// Reads a sequence from its beginning.
    ///
    /// - Parameter pieces: The body's bytes.
    package init<Pieces: AsyncSequence>(_ pieces: Pieces) where Pieces.Element == ByteBuffer {
        var iterator = pieces.makeAsyncIterator()
        read = { try await iterator.next(isolation: #isolation) }
    }

    /// The next piece, `nil` at the end.
    package func next() async throws -> ByteBuffer? {
        try await read()
    }
}
