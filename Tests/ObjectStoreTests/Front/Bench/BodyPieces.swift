import NIOCore

/// A request body in the pieces a socket might bring, with what happens between them.
struct BodyPieces: AsyncSequence, Sendable {
    enum Piece: Sendable {
        case bytes([UInt8])
        case failure(any Error)
        case action(@Sendable () -> Void)
        case work(@Sendable () async throws -> Void)
    }

    let pieces: [Piece]

    init(_ pieces: [Piece]) {
        self.pieces = pieces
    }

    /// Bytes in pieces of at most `size`.
    init(_ bytes: [UInt8], by size: Int = 16_384) {
        pieces = stride(from: 0, to: bytes.count, by: size).map { start in
            .bytes(Array(bytes[start..<Swift.min(start + size, bytes.count)]))
        }
    }

    init(_ text: String) {
        self.init(Array(text.utf8))
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<Piece>

        mutating func next() async throws -> ByteBuffer? {
            while let piece = rest.popFirst() {
                switch piece {
                case .bytes(let bytes): return ByteBuffer(bytes: bytes)
                case .failure(let error): throw error
                case .action(let action): action()
                case .work(let work): try await work()
                }
            }
            return nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(rest: pieces[...])
    }
}
