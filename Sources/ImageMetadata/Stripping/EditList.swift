/// A file described as pieces of another one and of new bytes between them.
public struct EditList: Sendable, Equatable {
    /// A stretch of the new file.
    public enum Piece: Sendable, Equatable {
        /// These bytes of the old file (offsets, never empty, always inside of it).
        case copy(Range<Int>)
        /// These bytes, which the old file does not have there; never empty.
        case insert([UInt8])

        /// How long the stretch is.
        public var byteCount: Int {
            switch self {
            case .copy(let range): range.count
            case .insert(let bytes): bytes.count
            }
        }
    }

    /// The pieces in order; copied ranges ascend and do not overlap.
    public let pieces: [Piece]
    /// Length of the new file.
    public let byteCount: Int
    /// Length of the old file.
    public let originalByteCount: Int

    /// Describes a new file.
    ///
    /// - Parameters:
    ///   - pieces: Its pieces.
    ///   - originalByteCount: Length of the old file.
    init(_ pieces: [Piece], originalByteCount: Int) {
        self.pieces = pieces
        self.byteCount = pieces.reduce(0) { $0 + $1.byteCount }
        self.originalByteCount = originalByteCount
    }

    /// Whether the new file is the old one, byte for byte.
    public var isIdentity: Bool { pieces == [.copy(0..<originalByteCount)] }

    /// Makes the new file.
    ///
    /// - Parameter original: The old file, whole, as it was when the list was made.
    /// - Returns: ``byteCount`` bytes.
    public func apply(to original: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(byteCount)
        for piece in pieces {
            switch piece {
            case .copy(let range): result += original.copy(range)
            case .insert(let bytes): result += bytes
            }
        }
        return result
    }
}
