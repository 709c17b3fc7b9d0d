import Crypto

/// The lines behind the last chunk, checked against what the head announced.
struct ChunkTrailers: Sendable {
    /// Lower-case names the head announced in `x-amz-trailer`.
    private let announced: Set<String>

    /// What came so far, in order.
    private(set) var items: [(name: String, value: String)] = []

    /// The signature over them, when one came.
    private(set) var signature: [UInt8]?

    init(announced: [String]) {
        self.announced = Set(announced.map { $0.lowercased() })
    }

    /// Takes one line `name:value`.
    mutating func append(_ line: [UInt8]) throws(SigV4Error) {
        guard signature == nil else { throw .malformedTrailer("a line follows x-amz-trailer-signature.") }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            throw .malformedTrailer("a trailer must be written as name:value.")
        }
        let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
        let value = Self.trimmed(line[(colon + 1)...])
        if name == "x-amz-trailer-signature" {
            signature = Array(value)
            return
        }
        guard announced.contains(name) else {
            throw .malformedTrailer("the header x-amz-trailer does not announce this trailer.")
        }
        guard !items.contains(where: { $0.name == name }) else { throw .malformedTrailer("a trailer came twice.") }
        items.append((name, String(decoding: value, as: UTF8.self)))
    }

    /// Checks at the blank line that all announced trailers came.
    func checkComplete() throws(SigV4Error) {
        guard items.count == announced.count else {
            throw .malformedTrailer("a trailer that x-amz-trailer announces is missing.")
        }
    }

    /// The hash that their signature covers: of `name:value` lines, each with LF although the wire has CRLF.
    var digest: SHA256Digest {
        var hasher = SHA256()
        for item in items {
            hasher.update(data: Array("\(item.name):\(item.value)\n".utf8))
        }
        return hasher.finalize()
    }

    /// A value without blanks around it, nor the LF that some clients put before the CRLF.
    private static func trimmed(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let blanks = Array(" \t\n".utf8)
        var value = value.drop(while: blanks.contains)
        while let last = value.last, blanks.contains(last) {
            value.removeLast()
        }
        return value
    }
}
