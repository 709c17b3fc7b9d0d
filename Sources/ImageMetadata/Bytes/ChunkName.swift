/// The four-letter name of a PNG chunk or a RIFF chunk, written in code as a string: `"IHDR"`.
struct ChunkName: Sendable, Equatable, ExpressibleByStringLiteral {
    /// The four bytes, first byte highest.
    let code: UInt32

    /// Takes a name as read, big-endian.
    ///
    /// - Parameter code: The four bytes, first byte highest.
    init(code: UInt32) {
        self.code = code
    }

    /// Takes a name from the source code.
    ///
    /// - Parameter value: Four ASCII characters.
    init(stringLiteral value: String) {
        self.code = value.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Whether all four bytes are ASCII letters, as PNG wants them.
    var isLetters: Bool {
        [24, 16, 8, 0].allSatisfy { shift in
            let letter = UInt8(truncatingIfNeeded: code >> UInt32(shift)) | 0x20
            return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
        }
    }
}
