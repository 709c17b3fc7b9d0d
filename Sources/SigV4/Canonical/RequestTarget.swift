/// A raw request target cut at its first `?`; nothing is decoded or normalised.
struct RequestTarget {
    /// What comes before the `?`.
    let path: ArraySlice<UInt8>

    /// What comes behind the `?`, `nil` when there is none.
    let query: ArraySlice<UInt8>?

    init(_ target: String) {
        let bytes = Array(target.utf8)
        let mark = bytes.firstIndex(of: UInt8(ascii: "?"))
        path = bytes[..<(mark ?? bytes.endIndex)]
        query = mark.map { bytes[($0 + 1)...] }
    }
}
