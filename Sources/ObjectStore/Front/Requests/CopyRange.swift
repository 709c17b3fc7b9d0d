/// The value of `x-amz-copy-source-range`: `bytes=first-last`, both ends given and inclusive; or the whole object.
struct CopyRange: Sendable, Equatable {
    private let text: String
    private let bytes: Range<Int64>?

    /// Reads the header; `nil` is the whole object.
    /// - Throws: `InvalidArgument` for any other form, also those that a `Range` header may have.
    init(_ header: String?) throws(S3Error) {
        text = header ?? ""
        guard let header else {
            bytes = nil
            return
        }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard
            header.hasPrefix("bytes="), ends.count == 2, let first = DecimalNumber.read(ends[0]),
            let last = DecimalNumber.read(ends[1]),
            first <= last, last < .max
        else {
            throw .invalidArgument(
                "x-amz-copy-source-range",
                header,
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the "
                    + "zero-based offsets of the first and last bytes to copy"
            )
        }
        bytes = first..<last + 1
    }

    /// The range inside of an object.
    /// - Throws: `InvalidArgument` when it does not lie in the object whole.
    func bytes(of info: ObjectInfo) throws(S3Error) -> Range<Int64> {
        guard let bytes else { return 0..<info.byteCount }
        guard bytes.upperBound <= info.byteCount else {
            throw .invalidArgument(
                "x-amz-copy-source-range",
                text,
                "Range specified is not valid for source object of size: \(info.byteCount)"
            )
        }
        return bytes
    }
}
