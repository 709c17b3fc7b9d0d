import NIOCore

/// A range of a file as a request's body: read piece by piece, as fast as the connection takes them.
struct FilePieces: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let file: LocalFile
    let range: Range<Int64>
    /// Told how many bytes of the range were handed on, whenever the next piece is asked for.
    let onMove: @Sendable (_ handedOn: Int64) -> Void

    struct AsyncIterator: AsyncIteratorProtocol {
        let pieces: FilePieces
        var offset: Int64

        mutating func next() async throws -> ByteBuffer? {
            pieces.onMove(offset - pieces.range.lowerBound)
            guard offset < pieces.range.upperBound else { return nil }
            let end = Swift.min(offset + Int64(LocalFile.pieceSize), pieces.range.upperBound)
            let piece = try await pieces.file.read(offset..<end)
            offset = end
            return piece
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pieces: self, offset: range.lowerBound)
    }
}
