package import NIOCore

/// What a handler answers.
package enum InvocationAnswer: Sendable {
    /// The whole answer at once, at most 6 MiB.
    case whole(ByteBuffer)
    /// An answer that is sent while it is made, without that limit.
    case stream(StreamedAnswer)
}

/// An answer that goes out piece by piece.
package struct StreamedAnswer: Sendable {
    /// Writes the body; when it throws, the caller is told that the answer is incomplete.
    package typealias Body = @Sendable (AnswerWriter) async throws -> Void

    /// Status and headers, when the caller is an HTTP integration (function URL, REST API); nil for bare bytes.
    package var head: StreamHead?
    /// Makes the bytes.
    package var body: Body

    /// An answer whose bytes are written by a function.
    package init(head: StreamHead?, body: @escaping Body) {
        self.head = head
        self.body = body
    }

    /// An answer whose bytes are those of a sequence.
    package init<Bytes: AsyncSequence & Sendable>(head: StreamHead?, bytes: Bytes) where Bytes.Element == ByteBuffer {
        self.init(head: head) { writer in
            for try await piece in bytes { try await writer.write(piece) }
        }
    }
}
