/// The key of an object: 1 to 1024 bytes of UTF-8.
///
/// Never empty: a request for an empty key would mean the bucket itself.
package struct S3Key: RawRepresentable, LosslessStringConvertible, Hashable, Sendable {
    package let rawValue: String

    /// Takes a key of a length that S3 allows; `nil` for any other.
    package init?(rawValue: String) {
        guard (1...1024).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes a key of a length that S3 allows; `nil` for any other.
    package init?(_ description: String) {
        self.init(rawValue: description)
    }

    package var description: String { rawValue }

    /// Whether XML 1.0 can spell the key, which it cannot with most control characters.
    var fitsXML: Bool {
        rawValue.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "\t", "\n", "\r": true
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": false
            default: true
            }
        }
    }
}
