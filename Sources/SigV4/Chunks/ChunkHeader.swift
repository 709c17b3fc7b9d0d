/// The line before a chunk: `10000;chunk-signature=` and 64 hexadecimal digits, or the size alone.
struct ChunkHeader: Equatable {
    /// The bytes of data that follow; 0 ends the data.
    let size: Int64

    /// The chunk's signature, when the line has one.
    let signature: [UInt8]?

    /// Reads the line; chunk extensions other than the signature are left aside, as HTTP asks.
    init(_ line: [UInt8]) throws(SigV4Error) {
        let parts = line.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        size = try Self.size(parts.first ?? [])
        signature = parts.dropFirst().first { $0.starts(with: Self.marker.utf8) }.map {
            Array($0.dropFirst(Self.marker.utf8.count))
        }
    }

    private static let marker = "chunk-signature="

    private static func size(_ digits: ArraySlice<UInt8>) throws(SigV4Error) -> Int64 {
        guard !digits.isEmpty else { throw .chunkSizeMalformed }
        var size: Int64 = 0
        for digit in digits {
            guard let value = Hex.value(ofDigit: digit), size <= Int64.max >> 4 else { throw .chunkSizeMalformed }
            size = size << 4 | Int64(value)
        }
        return size
    }
}
