/// Numbers as S3's parameters write them: decimal digits and nothing else, no sign, no blanks.
enum DecimalNumber {
    /// The number; `nil` for any other text, and for one over 64 bits.
    static func read(_ text: some StringProtocol) -> Int64? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int64(text)
    }
}
