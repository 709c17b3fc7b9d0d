import AWSTransport
package import NIOCore

/// An object's bytes on their way from the store.
package struct ObjectStream: Sendable {
    private let check: ByteCheck
    private let body: AWSResponseBody

    init(_ check: ByteCheck, _ body: AWSResponseBody) {
        self.check = check
        self.body = body
    }

    /// What the store says about the whole object.
    package var head: ObjectHead { check.head }

    /// Which of its bytes come.
    package var range: Range<Int64> { check.range }

    /// Hands over the bytes in order, once.
    ///
    /// - Parameter take: Takes a piece; the next one comes when it returns.
    /// - Throws: ``AWSError`` of kind `badAnswer` when fewer or more bytes came than announced, or when the whole
    ///   object has another SHA-256 than the one the store keeps; the last piece has been handed over then. And what
    ///   `take` throws.
    package func forEach(_ take: (ByteBuffer) async throws -> Void) async throws {
        var check = check
        var pieces = body.makeAsyncIterator()
        while let piece = try await pieces.next(isolation: #isolation) {
            try check.receive(piece)
            try await take(piece)
        }
        try check.finish()
    }
}
