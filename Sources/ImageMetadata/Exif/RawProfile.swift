/// An EXIF block in a text chunk of a PNG, as ImageMagick and ExifTool wrote it before there was `eXIf`.
///
/// The text's keyword is `Raw profile type exif` or `… APP1`. Its value is a line with the kind, a line with the
/// length, and the bytes in hexadecimal digits.
enum RawProfile {
    /// How long the text may be, inflated: more than twice the longest EXIF block.
    private static let textByteLimit = 256 * 1024
    private static let keywords = ["Raw profile type exif\0", "Raw profile type APP1\0"].map { Array($0.utf8) }

    /// Finds the block in a chunk.
    ///
    /// - Parameters:
    ///   - body: The inside of a `tEXt`, `zTXt` or `iTXt` chunk.
    ///   - name: Which of them it is.
    /// - Returns: The bytes; `nil` when the chunk holds something else, or something broken.
    static func bytes(in body: ArraySlice<UInt8>, of name: ChunkName) -> [UInt8]? {
        guard let keyword = keywords.first(where: { body.starts(with: $0) }) else { return nil }
        var text = body.dropFirst(keyword.count)
        var isDeflated = false
        switch name {
        case "zTXt":
            guard text.popFirst() == 0 else { return nil }
            isDeflated = true
        case "iTXt":
            guard let flag = text.popFirst(), text.popFirst() == 0 else { return nil }
            isDeflated = flag == 1
            // The language, and the keyword in that language.
            for _ in 0..<2 { text = text.drop { $0 != 0 }.dropFirst() }
        default: break
        }
        guard isDeflated else { return decode(text.prefix(textByteLimit)) }
        return (try? Inflater.inflate(text, byteLimit: textByteLimit)).flatMap { decode($0[...]) }
    }

    /// The bytes behind the two lines; white space between digits is passed over.
    private static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let newline = UInt8(ascii: "\n")
        var rest = text.drop { $0 == newline }.drop { $0 != newline }.dropFirst()
        rest = rest.drop { $0 != newline }
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in rest where character > UInt8(ascii: " ") {
            guard let digit = digit(character) else { return nil }
            if let upper = high {
                bytes.append(upper << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes.isEmpty ? nil : bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
