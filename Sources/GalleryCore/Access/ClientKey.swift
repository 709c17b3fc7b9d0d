/// Who asks, as far as limits are concerned: an IPv4 address, or the first half of an IPv6 address.
///
/// Whoever has one IPv6 address has all 2^64 of its network (RFC 6177), so they count as one.
package struct ClientKey: RawRepresentable, Hashable, Sendable {
    /// `203.0.113.7`, or `2001:db8:0:1::/64`.
    package let rawValue: String

    /// Takes a key that was made before.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The key of an address.
    package init(_ address: IPAddress) {
        rawValue = address.isIPv4 ? "\(address)" : "\(address.masked(to: 64))/64"
    }

    /// Everybody whose address is not known, together.
    package static let unknown = ClientKey(rawValue: "unknown")
}
