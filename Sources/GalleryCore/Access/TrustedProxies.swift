/// Tells who asks when proxies stand in between.
///
/// `X-Forwarded-For` is a list that every proxy adds to at its end; whatever the client itself put there is at its
/// beginning. So only what a trusted proxy added is believed: from the right, the first address that is no trusted
/// proxy's.
package struct TrustedProxies: Hashable, Sendable {
    private let networks: [IPNetwork]

    /// Trusts these networks; none by default.
    package init(_ networks: [IPNetwork] = []) {
        self.networks = networks
    }

    /// Who asks.
    ///
    /// - Parameters:
    ///   - peer: Whom the request came from: the other end of the connection, or what the gateway said.
    ///   - forwarded: The values of `X-Forwarded-For`, in their order.
    /// - Returns: The client, or the last address that is certain when the list makes no sense.
    package func client(peer: IPAddress?, forwarded: [String]) -> ClientKey {
        guard var client = peer else { return .unknown }
        let hops = forwarded.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for hop in hops.suffix(Self.maximumHops).reversed() where trusts(client) {
            guard let address = Self.address(hop) else { break }
            client = address
        }
        return ClientKey(client)
    }

    /// More hops than any chain of proxies has.
    private static let maximumHops = 32

    private func trusts(_ address: IPAddress) -> Bool { networks.contains { $0.contains(address) } }

    /// An address as proxies write it: bare, with a port, or in brackets.
    private static func address(_ text: Substring) -> IPAddress? {
        let text = text.split(separator: " ").first ?? ""
        if let address = IPAddress(text) { return address }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return IPAddress(text[text.index(after: text.startIndex)..<end])
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? IPAddress(parts[0]) : nil
    }
}
