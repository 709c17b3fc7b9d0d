import NIOHTTP1

/// Where an answer's body ends, and whether another may follow it (RFC 9112 §6.3, §9.3).
struct ReplyFraming: Equatable {
    /// The head contradicts itself, or says what nobody understands.
    struct Unclear: Error {}

    /// How the end is told.
    enum Body: Equatable {
        /// After so many bytes.
        case sized(Int)
        /// By a chunk of no bytes.
        case chunked
        /// By the end of the connection.
        case untilEnd
    }

    /// How the end is told.
    let body: Body
    /// Whether the connection can be used again.
    let keepsAlive: Bool

    /// Reads a head.
    ///
    /// - Throws: ``Unclear`` for lengths that are none or differ, and for codings other than `chunked`.
    init(_ head: RuntimeReply) throws(Unclear) {
        let codings = head.headers[canonicalForm: "Transfer-Encoding"]
        let lengths = head.headers["Content-Length"]
        let options = head.headers[canonicalForm: "Connection"].map { $0.lowercased() }
        let wishesOn = head.keepsAlive ? !options.contains("close") : options.contains("keep-alive")
        if head.status == 204 || head.status == 304 {
            (body, keepsAlive) = (.sized(0), wishesOn)
        } else if !codings.isEmpty {
            guard codings.map({ $0.lowercased() }) == ["chunked"] else { throw Unclear() }
            // Both is how requests are smuggled: read it, and never trust the line again.
            (body, keepsAlive) = (.chunked, wishesOn && lengths.isEmpty)
        } else if let length = lengths.first {
            let isNumber = length.utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isNumber, lengths.allSatisfy({ $0 == length }), let count = Int(length) else { throw Unclear() }
            (body, keepsAlive) = (.sized(count), wishesOn)
        } else {
            (body, keepsAlive) = (.untilEnd, false)
        }
    }
}

extension RuntimeReply {
    /// Reads a first line, such as `HTTP/1.1 200 OK`; nil for what is none.
    ///
    /// `keepsAlive` is then what the version alone says.
    init?(statusLine line: Substring) {
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0] == "HTTP/1.1" || parts[0] == "HTTP/1.0", parts[1].utf8.count == 3,
            let status = UInt16(parts[1]), (100..<600).contains(status)
        else { return nil }
        self.init(status: Int(status), keepsAlive: parts[0] == "HTTP/1.1")
    }
}
