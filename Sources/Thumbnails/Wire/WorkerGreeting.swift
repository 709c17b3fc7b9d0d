/// What a worker says when it is ready for pictures.
package struct WorkerGreeting: Equatable, Sendable {
    /// What both sides must agree on.
    static let protocolVersion: UInt8 = 1

    /// The version of libvips.
    package let library: String
    /// Whether the system lets nothing through that decoding does not need (seccomp).
    package let isConfined: Bool
    /// Whether memory is limited.
    package let isLimited: Bool

    init(library: String, isConfined: Bool, isLimited: Bool) {
        self.library = library
        self.isConfined = isConfined
        self.isLimited = isLimited
    }

    init(reading payload: [UInt8]) throws(WireFlaw) {
        var fields = FieldReader(payload)
        guard try fields.byte() == Self.protocolVersion else { throw .otherVersion }
        isConfined = try fields.byte() != 0
        isLimited = try fields.byte() != 0
        library = PlainWords.from(try fields.block())
        try fields.end()
    }

    var payload: [UInt8] {
        var fields = FieldWriter()
        fields.byte(Self.protocolVersion)
        fields.byte(isConfined ? 1 : 0)
        fields.byte(isLimited ? 1 : 0)
        fields.block(library.utf8)
        return fields.bytes
    }
}

/// Text of a worker, made fit for a log: what is not printable ASCII becomes a question mark.
enum PlainWords {
    static func from(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
