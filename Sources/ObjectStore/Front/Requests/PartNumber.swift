/// Numbers in the parameters of multipart operations.
enum PartNumber {
    /// The most parts or uploads of one page.
    private static let maximumLimit = 1000

    /// The number of a part; `nil` for any text but the decimal digits of 1 to 10,000.
    static func read(_ text: String) -> Int? {
        guard let number = digits(text), (1...MultipartUpload.maximumPartCount).contains(number) else { return nil }
        return number
    }

    /// The part behind which a page starts; 0 when none is named.
    /// - Throws: `InvalidArgument`.
    static func marker(_ text: String?, named name: String) throws(S3Error) -> Int {
        guard let text, !text.isEmpty else { return 0 }
        guard let number = digits(text) else {
            throw .invalidArgument(name, text, "Argument \(name) must be an integer between 0 and 2147483647")
        }
        return number
    }

    /// How many lines a page may have: 0 to 1000, and 1000 when nothing is said.
    /// - Throws: `InvalidArgument`.
    static func limit(_ text: String?, named name: String) throws(S3Error) -> Int {
        guard let text, !text.isEmpty else { return maximumLimit }
        return min(try marker(text, named: name), maximumLimit)
    }

    private static func digits(_ text: String) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(text).flatMap { $0 <= Int32.max ? $0 : nil }
    }
}
