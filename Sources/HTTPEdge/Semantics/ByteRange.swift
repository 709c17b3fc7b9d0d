/// What a `Range` header asks of an object of known size.
package enum ByteRange: Equatable, Sendable {
    /// No range, one we do not read, or several: the whole object with 200, as S3 answers.
    case whole
    /// 206 with these bytes; never empty.
    case part(Range<Int64>)
    /// 416: nothing of it lies in the object.
    case unsatisfiable

    /// Reads a header such as `bytes=0-9`, `bytes=10-` or `bytes=-5`.
    ///
    /// Numbers too large for 64 bits count as the largest. An empty object satisfies no range.
    /// - Parameters:
    ///   - header: The value of `Range`, or nil.
    ///   - byteCount: The object's size.
    package init(_ header: String?, byteCount: Int64) {
        guard let header, header.prefix(6).lowercased() == "bytes=" else {
            self = .whole
            return
        }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy(Self.isDigits) else {
            self = .whole
            return
        }
        switch (Self.number(ends[0]), Self.number(ends[1])) {
        case (nil, nil):
            self = .whole
        case (nil, let suffix?):
            self = suffix == 0 || byteCount == 0 ? .unsatisfiable : .part(max(0, byteCount - suffix)..<byteCount)
        case (let start?, let end) where start > end ?? .max:
            self = .whole
        case (let start?, let end):
            self = start >= byteCount ? .unsatisfiable : .part(start..<min(end ?? .max, byteCount - 1) + 1)
        }
    }

    private static func isDigits(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// The number these digits make, at most the largest there is; nil for no digits.
    private static func number(_ digits: Substring) -> Int64? {
        digits.isEmpty ? nil : Int64(digits) ?? .max
    }
}
