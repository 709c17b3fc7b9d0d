import HTTPTypes

/// The text of a request that both sides hash: method, path, query, signed headers, their names, payload hash.
///
/// S3's own reading of SigV4: the path is encoded once and never normalised.
struct CanonicalRequest {
    /// The lines joined by LF, without one at the end.
    private(set) var bytes: [UInt8] = []

    /// Whether every `%` of the path started an escape.
    private(set) var isWellFormed = true

    /// Puts the text together.
    ///
    /// - Parameters:
    ///   - request: Method, host and headers.
    ///   - path: The raw path; an empty one counts as `/`.
    ///   - seal: Which headers are signed, and what is said of the body.
    ///   - query: Writes the canonical query, sorted and without the signature.
    init(
        _ request: SignableRequest,
        path: ArraySlice<UInt8>,
        seal: Seal,
        query: (inout [UInt8]) -> Void
    ) {
        bytes.reserveCapacity(1024)
        line(request.method.rawValue)
        if path.isEmpty { bytes.append(UInt8(ascii: "/")) }
        isWellFormed = URICoding.recode(path, as: .path, to: &bytes)
        bytes.append(Self.newline)
        query(&bytes)
        bytes.append(Self.newline)
        for name in seal.headerNames {
            write(header: name, of: request)
        }
        bytes.append(Self.newline)
        line(seal.signedHeaders)
        bytes.append(contentsOf: seal.payload.headerValue.utf8)
    }

    /// Which headers are signed, and what is said of the body.
    struct Seal {
        /// Lower-case names joined by `;`, exactly as in the request.
        let signedHeaders: String
        /// The same names one by one, in the same order.
        let headerNames: [String]
        /// The last line.
        let payload: PayloadHash
    }

    private static let newline = UInt8(ascii: "\n")

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(Self.newline)
    }

    /// Writes `name:value`; several headers of one name are joined by `,` in their order, none leaves the value empty.
    private mutating func write(header name: String, of request: SignableRequest) {
        bytes.append(contentsOf: name.utf8)
        var separator = UInt8(ascii: ":")
        if name == "host", !request.host.isEmpty {
            bytes.append(separator)
            Self.appendTrimmed(request.host.utf8, to: &bytes)
            separator = UInt8(ascii: ",")
        }
        for field in request.headers where field.name.canonicalName == name {
            bytes.append(separator)
            unsafe field.withUnsafeBytesOfValue { value in unsafe Self.appendTrimmed(value, to: &bytes) }
            separator = UInt8(ascii: ",")
        }
        if separator == UInt8(ascii: ":") { bytes.append(separator) }
        bytes.append(Self.newline)
    }

    /// Appends a value without blanks at its ends, and with one blank for every run of blanks and tabs inside.
    private static func appendTrimmed(_ value: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        var isBlankOwed = false
        let start = bytes.count
        for byte in value {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
                isBlankOwed = bytes.count > start
                continue
            }
            if isBlankOwed { bytes.append(UInt8(ascii: " ")) }
            isBlankOwed = false
            bytes.append(byte)
        }
    }
}
