/// Where a gallery is: `http://127.0.0.1:8080`, without a path and without a slash at its end.
package struct ServerAddress: Sendable, Hashable, LosslessStringConvertible {
    package let description: String

    /// Reads an address as people write it; `nil` when it is no `http` or `https` address, or has a path.
    ///
    /// - Parameter text: Scheme and authority; one slash at the end is left out.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3 || (parts.count == 4 && parts[3].isEmpty),
            ["http:", "https:"].contains(parts[0].lowercased()), parts[1].isEmpty, !parts[2].isEmpty,
            parts[2].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        else { return nil }
        description = parts[0].lowercased() + "//" + parts[2]
    }
}
