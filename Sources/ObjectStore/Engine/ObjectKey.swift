/// The name of an object: 1 to 1024 bytes of UTF-8, any text at all.
///
/// Equality, hash and order are those of the *bytes*, as everywhere in S3: `é` composed and `é` decomposed are two
/// keys, although Swift's `String` takes them for equal.
package struct ObjectKey: RawRepresentable, LosslessStringConvertible, Hashable, Sendable, Comparable {
    /// The longest key, in bytes of UTF-8.
    package static let maximumByteCount = 1024

    /// The text of the key, byte for byte as it was given.
    package let rawValue: String

    /// The text of the key.
    package var description: String { rawValue }

    /// Takes any text of 1 to 1024 bytes of UTF-8; `nil` for an empty or a longer one.
    package init?(rawValue: String) {
        guard (1...Self.maximumByteCount).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes any text of 1 to 1024 bytes of UTF-8; `nil` for an empty or a longer one.
    package init?(_ description: String) {
        self.init(rawValue: description)
    }

    /// Whether both keys are the same bytes.
    package static func == (left: ObjectKey, right: ObjectKey) -> Bool {
        left.rawValue.utf8.elementsEqual(right.rawValue.utf8)
    }

    /// Whether the keys differ in a byte; spelled out, for the one of `RawRepresentable` would compare `String`s.
    package static func != (left: ObjectKey, right: ObjectKey) -> Bool {
        !(left == right)
    }

    /// The order of the bytes, in which S3 lists.
    package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    /// Feeds the bytes of the key.
    package func hash(into hasher: inout Hasher) {
        for byte in rawValue.utf8 { hasher.combine(byte) }
        hasher.combine(rawValue.utf8.count)
    }
}
