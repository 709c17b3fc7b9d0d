/// A raw query split as SigV4 splits it: at `&`, then at the first `=`; order and repeats are kept.
///
/// `?a&b=` gives both names the value `""`. Empty parts (`a&&b`) are left out. `+` is a blank, as S3 reads it.
public struct RawQuery: Sendable {
    /// The decoded parameters in their order on the wire.
    ///
    /// A `%` that starts no escape stays as it is, bytes that are not UTF-8 become U+FFFD; see ``isWellFormed``.
    public let items: [(name: String, value: String)]

    /// Whether every escape was complete and every name and value was UTF-8.
    public let isWellFormed: Bool

    /// Splits and decodes a query.
    ///
    /// - Parameter query: What follows the `?`, as it was on the wire.
    public init(_ query: some StringProtocol) {
        var items: [(name: String, value: String)] = []
        var isWellFormed = true
        for part in ArraySlice(query.utf8).split(separator: UInt8(ascii: "&")) {
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            let name = Self.decode(part[..<equals], &isWellFormed)
            items.append((name, Self.decode(part[equals...].dropFirst(), &isWellFormed)))
        }
        self.items = items
        self.isWellFormed = isWellFormed
    }

    /// The value of the first parameter with this name, `nil` when there is none.
    ///
    /// - Parameter name: The decoded name; case matters.
    /// - Returns: The decoded value.
    public func first(_ name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    private static func decode(_ raw: ArraySlice<UInt8>, _ isWellFormed: inout Bool) -> String {
        let decoded = URICoding.decode(bytes: raw, plusIsSpace: true)
        if decoded.isWellFormed, let text = String(validating: decoded.bytes, as: UTF8.self) { return text }
        isWellFormed = false
        return String(decoding: decoded.bytes, as: UTF8.self)
    }
}
