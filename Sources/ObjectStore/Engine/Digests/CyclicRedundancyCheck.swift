/// A reflected CRC of 32 or 64 bits, eight bytes a step.
///
/// Slicing by eight: table `n` holds what a byte has become after `n` more zero bytes, so that eight look-ups replace
/// eight dependent steps. Both sizes start with and end by inverting all bits.
struct CyclicRedundancyCheck<Word: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    private let tables: [Word]
    private var register = Word.max

    /// Makes a check over nothing.
    ///
    /// - Parameter tables: What ``tables(polynomial:)`` gave; shared by all checks of one kind.
    init(tables: [Word]) {
        self.tables = tables
    }

    /// The eight tables of a polynomial, one behind the other.
    ///
    /// - Parameter polynomial: The polynomial, lowest power in the highest bit.
    /// - Returns: 8 × 256 words.
    static func tables(polynomial: Word) -> [Word] {
        var tables = [Word](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            tables[byte] = (0..<8).reduce(Word(byte)) { word, _ in
                word & 1 == 1 ? word >> 1 ^ polynomial : word >> 1
            }
        }
        for index in 256..<tables.count {
            let before = tables[index - 256]
            tables[index] = before >> 8 ^ tables[Int(before & 255)]
        }
        return tables
    }

    /// Takes the next bytes.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        register = unsafe tables.withUnsafeBufferPointer { tables in
            var register = register
            let wholeCount = bytes.count & ~7
            for offset in stride(from: 0, to: wholeCount, by: 8) {
                let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                let mixed = word ^ UInt64(register)
                register = 0
                for position in 0..<8 {
                    let byte = Int(truncatingIfNeeded: mixed >> UInt64(8 * position)) & 255
                    register ^= unsafe tables[(7 - position) * 256 + byte]
                }
            }
            for offset in wholeCount..<bytes.count {
                let byte = unsafe Int(UInt8(truncatingIfNeeded: register) ^ bytes[offset])
                register = unsafe register >> 8 ^ tables[byte]
            }
            return register
        }
    }

    /// The polynomial, lowest power in the highest bit: what eight steps make of a byte with that bit alone.
    var polynomial: Word { tables[128] }

    /// The check of all bytes so far.
    var value: Word { ~register }

    /// The check of all bytes so far, highest byte first, as S3 writes it.
    var bytes: [UInt8] {
        stride(from: Word.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> Word($0)) }
    }
}

extension CyclicRedundancyCheck<UInt32> {
    private static let crc32Tables = tables(polynomial: 0xEDB8_8320)
    private static let crc32cTables = tables(polynomial: 0x82F6_3B78)

    /// The CRC-32 of zip and PNG.
    static var crc32: Self { Self(tables: crc32Tables) }
    /// CRC-32C, Castagnoli's.
    static var crc32c: Self { Self(tables: crc32cTables) }
}

extension CyclicRedundancyCheck<UInt64> {
    private static let crc64nvmeTables = tables(polynomial: 0x9A6C_9329_AC4B_C9B5)

    /// The CRC of the NVMe specification.
    static var crc64nvme: Self { Self(tables: crc64nvmeTables) }
}
