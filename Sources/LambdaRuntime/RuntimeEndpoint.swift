/// Where the Runtime API listens: plain HTTP on an address of this machine.
package struct RuntimeEndpoint: Sendable, Equatable {
    /// An IP address without brackets, or a name.
    package let host: String
    /// The TCP port.
    package let port: Int

    /// An endpoint of known parts.
    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:9001`, `[::1]:9001` or `localhost:9001`; nil when the text is nothing of that kind.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        guard let port = Int(text[text.index(after: colon)...]), (1...65_535).contains(port) else { return nil }
        var host = text[..<colon]
        if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
        let allowed = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"): true
            default: false
            }
        }
        guard !host.isEmpty, allowed else { return nil }
        self.init(host: String(host), port: port)
    }

    /// The value of the `Host` header.
    var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
