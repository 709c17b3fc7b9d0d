/// Where a service listens: scheme and authority, nothing else.
package struct AWSEndpoint: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`.
    package let scheme: String

    /// The host in lower case, with its port unless that is the scheme's default; exactly what is signed as `host`.
    package let authority: String

    /// Reads an endpoint such as `http://127.0.0.1:9000` or `https://s3.example.org/`.
    ///
    /// A path other than `/`, a user, a query, a port out of range or another scheme is `nil`: a request target is raw
    /// and starts at the root, so a path here would be lost silently.
    ///
    /// - Parameter url: The text to read; scheme and host in any case.
    package init?(_ url: String) {
        guard let separator = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<separator.lowerBound].lowercased()
        var rest = url[separator.upperBound...]
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard let defaultPort = Self.defaultPorts[scheme],
            let (host, port) = Self.split(rest.lowercased()), Self.isHost(host)
        else { return nil }
        self.scheme = scheme
        authority = port.map { $0 == defaultPort ? host : "\(host):\($0)" } ?? host
    }

    /// The public endpoint of an AWS service, over TLS.
    ///
    /// - Parameters:
    ///   - service: The first label, for example `s3` or `sts`.
    ///   - region: The region; regions that start with `cn-` have a domain of their own.
    /// - Returns: For example `https://s3.eu-central-1.amazonaws.com`.
    package static func aws(service: String, region: String) -> AWSEndpoint {
        let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        return AWSEndpoint(scheme: "https", authority: "\(service).\(region).\(domain)")
    }

    /// The host without its port; an IPv6 address keeps its brackets.
    package var host: String {
        Self.split(authority)?.host ?? authority
    }

    /// The endpoint as a URL without a path.
    package var description: String { "\(scheme)://\(authority)" }

    private init(scheme: String, authority: String) {
        self.scheme = scheme
        self.authority = authority
    }

    private static let defaultPorts = ["http": 80, "https": 443]

    /// Cuts `host:port`; a host with colons stands in brackets.
    private static func split(_ authority: String) -> (host: String, port: Int?)? {
        let hostEnd: String.Index
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { return nil }
            hostEnd = authority.index(after: bracket)
        } else {
            hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        let host = String(authority[..<hostEnd])
        let tail = authority[hostEnd...]
        guard !tail.isEmpty else { return (host, nil) }
        guard tail.first == ":", tail.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(tail.dropFirst()), (1...65_535).contains(port)
        else { return nil }
        return (host, port)
    }

    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("[") {
            return host.hasSuffix("]") && host.utf8.count > 4
                && host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        }
        return !host.isEmpty
            && host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                    UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
