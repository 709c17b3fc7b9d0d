import Crypto

/// Whose a picture is: a name that only the gallery knows, the same for the same person each time.
///
/// Made from who vouches for a person and what they call them (OpenID Connect Core 1.0, section 2: `iss` and `sub`); it
/// tells neither. Pictures of people who did not sign in have no owner: all those people are one.
package struct OwnerID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// 32 digits and letters from `a` to `f`.
    package let rawValue: String

    /// Takes the text form; `nil` for everything else.
    package init?(rawValue: String) {
        let bytes = rawValue.utf8
        guard bytes.count == Self.length, bytes.allSatisfy(Self.isDigit) else { return nil }
        self.rawValue = rawValue
    }

    /// The owner whom an issuer calls by this subject.
    package init(issuer: String, subject: String) {
        var hasher = SHA256()
        // The length keeps `("ab", "c")` apart from `("a", "bc")`.
        hasher.update(data: Array("\(issuer.utf8.count):\(issuer)\(subject)".utf8))
        let bytes = Array(hasher.finalize().prefix(Self.length / 2))
        rawValue = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    package var description: String { rawValue }

    private static let length = 32

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
