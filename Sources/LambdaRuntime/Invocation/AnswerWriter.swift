package import NIOCore

/// Takes the pieces of a streamed answer.
package struct AnswerWriter: Sendable {
    private let take: @Sendable (ByteBuffer) async throws -> Void

    /// A writer that hands each piece to a function.
    package init(_ take: @escaping @Sendable (ByteBuffer) async throws -> Void) {
        self.take = take
    }

    /// Sends a piece, and comes back when it is on its way: a slow caller slows the writer.
    ///
    /// - Throws: when the caller has gone, or the time is up.
    package func write(_ piece: ByteBuffer) async throws {
        try Task.checkCancellation()
        guard piece.readableBytes > 0 else { return }
        try await take(piece)
    }
}
