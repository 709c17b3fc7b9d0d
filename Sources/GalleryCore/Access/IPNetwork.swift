/// A range of addresses, in CIDR notation: `10.0.0.0/8`, or a single address.
package struct IPNetwork: LosslessStringConvertible, Hashable, Sendable {
    private let address: IPAddress
    private let length: Int

    /// Reads an address, or an address and the number of bits that count; `nil` for everything else.
    package init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(parts[0]) else { return nil }
        let bits = address.bytes.count * 8
        guard parts.count == 2 else {
            self.address = address
            length = bits
            return
        }
        guard (1...3).contains(parts[1].utf8.count), let length = Int(parts[1]), (0...bits).contains(length) else {
            return nil
        }
        self.address = address.masked(to: length)
        self.length = length
    }

    /// Whether an address is in the range.
    package func contains(_ other: IPAddress) -> Bool {
        other.bytes.count == address.bytes.count && other.masked(to: length) == address
    }

    package var description: String { "\(address)/\(length)" }
}
