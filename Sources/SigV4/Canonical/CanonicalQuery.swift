/// The parameters of a query in SigV4's coding, in their order on the wire, ready to be sorted and written.
struct CanonicalQuery {
    /// `name=value` after `name=value`, each part decoded and encoded again.
    private var bytes: [UInt8] = []
    private var items: [Item] = []

    /// Whether every `%` of the raw query started an escape.
    private(set) var isWellFormed = true

    /// Where one parameter stands in `bytes`.
    private struct Item {
        let start: Int
        let equals: Int
        let end: Int
    }

    /// Takes the parameters of a raw query; a name without `=` has the value `""`.
    init(_ raw: ArraySlice<UInt8>?) {
        guard let raw, !raw.isEmpty else { return }
        bytes.reserveCapacity(raw.count + 16)
        var start = raw.startIndex
        while start < raw.endIndex {
            let end = raw[start...].firstIndex(of: UInt8(ascii: "&")) ?? raw.endIndex
            if start < end { append(raw[start..<end]) }
            start = end + 1
        }
    }

    /// Adds parameters that are already encoded: `name=value` joined by `&`.
    mutating func append(encoded: ArraySlice<UInt8>) {
        for parameter in encoded.split(separator: UInt8(ascii: "&")) {
            let start = bytes.count
            bytes.append(contentsOf: parameter)
            let equals = bytes[start...].firstIndex(of: UInt8(ascii: "=")) ?? bytes.endIndex
            items.append(Item(start: start, equals: equals, end: bytes.count))
        }
    }

    /// The value, still encoded, of the first parameter with this name of unreserved bytes, and whether there are more.
    func value(of name: String) -> (encoded: ArraySlice<UInt8>, isRepeated: Bool)? {
        guard let first = items.firstIndex(where: { hasName($0, name) }) else { return nil }
        let isRepeated = items[(first + 1)...].contains { hasName($0, name) }
        return (bytes[(items[first].equals + 1)..<items[first].end], isRepeated)
    }

    /// Whether there is a parameter with this name.
    func contains(_ name: String) -> Bool {
        items.contains { hasName($0, name) }
    }

    /// Writes all parameters but those named, sorted by encoded name, then encoded value, joined by `&`.
    func write(to buffer: inout [UInt8], leavingOut left: String? = nil) {
        var separator = false
        for item in items.sorted(by: precedes) {
            if let left, hasName(item, left) { continue }
            if separator { buffer.append(UInt8(ascii: "&")) }
            buffer.append(contentsOf: bytes[item.start..<item.end])
            separator = true
        }
    }

    private mutating func append(_ parameter: ArraySlice<UInt8>) {
        let start = bytes.count
        let sign = parameter.firstIndex(of: UInt8(ascii: "=")) ?? parameter.endIndex
        recode(parameter[..<sign])
        let equals = bytes.count
        bytes.append(UInt8(ascii: "="))
        recode(parameter[sign...].dropFirst())
        items.append(Item(start: start, equals: equals, end: bytes.count))
    }

    private mutating func recode(_ raw: ArraySlice<UInt8>) {
        if !URICoding.recode(raw, as: .query, to: &bytes) { isWellFormed = false }
    }

    private func hasName(_ item: Item, _ name: String) -> Bool {
        guard item.equals - item.start == name.utf8.count else { return false }
        var index = item.start
        for byte in name.utf8 {
            guard bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private func precedes(_ one: Item, _ other: Item) -> Bool {
        let (oneCount, otherCount) = (one.end - one.start, other.end - other.start)
        for offset in 0..<min(oneCount, otherCount) {
            // A name that ends comes before a longer one, although `=` comes behind `-` and the digits.
            let isEnd = (one.start + offset == one.equals, other.start + offset == other.equals)
            if isEnd.0 != isEnd.1 { return isEnd.0 }
            let (left, right) = (bytes[one.start + offset], bytes[other.start + offset])
            if left != right { return left < right }
        }
        return oneCount < otherCount
    }
}
