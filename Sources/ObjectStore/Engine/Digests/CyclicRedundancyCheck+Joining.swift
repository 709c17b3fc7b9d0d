extension CyclicRedundancyCheck {
    /// The check of two pieces of data, one behind the other, from the check of each.
    ///
    /// A check is the remainder of a polynomial, so bytes behind the first piece multiply its remainder by x⁸ each, and
    /// what the second piece adds is added; inverting all bits at the start and the end cancels out. The power of x
    /// takes 64 squarings, however long the second piece is.
    ///
    /// - Parameters:
    ///   - first: The check of the first piece.
    ///   - second: The check of the second piece.
    ///   - byteCount: The length of the second piece.
    /// - Returns: The check of both together.
    func join(_ first: Word, _ second: Word, byteCount: Int64) -> Word {
        var shifted = first
        var power = Word(1) << Word(Word.bitWidth - 9)  // x⁸; the highest bit is x⁰
        var rest = UInt64(clamping: byteCount)
        while rest > 0 {
            if rest & 1 == 1 { shifted = product(shifted, power) }
            power = product(power, power)
            rest >>= 1
        }
        return shifted ^ second
    }

    /// The product of two remainders, itself reduced by the polynomial.
    private func product(_ left: Word, _ right: Word) -> Word {
        var product: Word = 0
        var multiple = right
        for position in stride(from: Word.bitWidth - 1, through: 0, by: -1) {
            if left >> Word(position) & 1 == 1 { product ^= multiple }
            multiple = multiple & 1 == 1 ? multiple >> 1 ^ polynomial : multiple >> 1
        }
        return product
    }
}

extension Checksum {
    /// The checksum of this piece of data and the next one together; `nil` unless both are CRCs of one kind.
    ///
    /// - Parameters:
    ///   - next: The checksum of the piece behind this one.
    ///   - byteCount: The length of that piece.
    /// - Returns: The checksum of both pieces.
    func joined(with next: Checksum, byteCount: Int64) -> Checksum? {
        guard algorithm == next.algorithm else { return nil }
        switch algorithm {
        case .crc32: return joined(with: next, byteCount: byteCount, by: .crc32)
        case .crc32c: return joined(with: next, byteCount: byteCount, by: .crc32c)
        case .crc64nvme: return joined(with: next, byteCount: byteCount, by: CyclicRedundancyCheck.crc64nvme)
        case .sha1, .sha256: return nil
        }
    }

    private func joined<Word>(
        with next: Checksum,
        byteCount: Int64,
        by check: CyclicRedundancyCheck<Word>
    ) -> Checksum? {
        let value = check.join(Word(bigEndian: bytes), Word(bigEndian: next.bytes), byteCount: byteCount)
        return Checksum(algorithm: algorithm, bytes: value.bigEndianBytes)
    }
}

extension FixedWidthInteger {
    /// The number whose bytes these are, highest first.
    fileprivate init(bigEndian bytes: [UInt8]) {
        self = bytes.reduce(0) { $0 << 8 | Self($1) }
    }

    /// The bytes, highest first.
    fileprivate var bigEndianBytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
    }
}
