/// The number of a part.
enum PartNumber {
    /// Reads a number; `nil` for any text but the decimal digits of 1 to 10,000.
    static func read(_ text: String) -> Int? {
        guard let number = DecimalNumber.read(text), number <= MultipartUpload.maximumPartCount else { return nil }
        return number >= 1 ? Int(number) : nil
    }
}
