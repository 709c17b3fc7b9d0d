/// Addresses of a provider: https, or http on this very machine, as in tests.
package enum ProviderURL {
    /// Whether nobody on the way can listen to what is sent there.
    package static func isSafe(_ url: String) -> Bool {
        guard url.utf8.count <= 2048, url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[1].isEmpty, !parts[2].isEmpty, !parts[2].contains("@") else { return false }
        return parts[0] == "https:" || (parts[0] == "http:" && isThisMachine(parts[2]))
    }

    private static func isThisMachine(_ authority: Substring) -> Bool {
        let hosts = ["127.0.0.1", "localhost", "[::1]"]
        return hosts.contains { authority == $0 || authority.hasPrefix("\($0):") }
    }
}
