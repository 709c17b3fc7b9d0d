import Crypto

/// Computes the ``ContentDigest`` of bytes as they stream by, in memory of one hash.
package struct ContentHasher: Sendable {
    private let isLarge: Bool
    private var current = SHA256()
    private var room = Int(PartPlan.partByteCount)
    private var ofParts = SHA256()

    /// - Parameter byteCount: How many bytes will come; it decides which digest it is.
    package init(byteCount: Int64) {
        isLarge = byteCount > ContentDigest.maximumSingleByteCount
    }

    /// Takes the next bytes.
    package mutating func update(_ bytes: some Collection<UInt8>) {
        guard isLarge else { return current.update(data: Array(bytes)) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(room)
            current.update(data: Array(piece))
            rest = rest.dropFirst(piece.count)
            room -= piece.count
            if room == 0 { closePart() }
        }
    }

    /// The digest of all that came.
    package consuming func finalize() -> ContentDigest {
        guard isLarge else { return ContentDigest(current.finalize()) }
        if room < Int(PartPlan.partByteCount) { closePart() }
        return ContentDigest(ofParts.finalize())
    }

    private mutating func closePart() {
        ofParts.update(data: Array(current.finalize()))
        current = SHA256()
        room = Int(PartPlan.partByteCount)
    }
}
