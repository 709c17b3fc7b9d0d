/// How much of a listing one page shows, and where it starts.
enum PageLimit {
    /// The most lines of one page.
    private static let maximum = 1000

    /// How many lines a page may have: 0 to 1000, and 1000 when nothing is said.
    /// - Throws: `InvalidArgument`, naming the parameter.
    static func read(_ text: String?, named name: String) throws(S3Error) -> Int {
        guard let text, !text.isEmpty else { return maximum }
        return min(try number(text, named: name), maximum)
    }

    /// The number of the part behind which a page starts; 0 when none is named.
    /// - Throws: `InvalidArgument`, naming the parameter.
    static func partMarker(_ text: String?, named name: String) throws(S3Error) -> Int {
        guard let text, !text.isEmpty else { return 0 }
        return try number(text, named: name)
    }

    private static func number(_ text: String, named name: String) throws(S3Error) -> Int {
        guard let number = DecimalNumber.read(text), number <= Int32.max else {
            throw .invalidArgument(name, text, "Argument \(name) must be an integer between 0 and 2147483647")
        }
        return Int(number)
    }
}
