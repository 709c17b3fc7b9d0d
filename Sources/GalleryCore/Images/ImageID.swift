/// The name of one picture: 12 characters of a 57-letter alphabet without look-alikes (68 bits), from the system's
/// random source.
package struct ImageID: RawRepresentable, LosslessStringConvertible, Hashable, Sendable {
    /// The characters an id is made of: digits and letters without `0 1 I O l`.
    package static let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    /// How many characters an id has.
    package static let length = 12

    package let rawValue: String

    /// Takes a text that is an id; `nil` for everything else, so that a path or a name can never pass for one.
    package init?(rawValue: String) {
        let bytes = Array(rawValue.utf8)
        guard bytes.count == Self.length, bytes.allSatisfy(Self.alphabet.contains) else { return nil }
        self.rawValue = rawValue
    }

    package init?(_ description: String) {
        self.init(rawValue: description)
    }

    private init(letters: [UInt8]) {
        rawValue = String(decoding: letters, as: UTF8.self)
    }

    /// A new id that nobody can guess.
    ///
    /// - Parameter generator: Where the randomness comes from; the system's source outside tests.
    /// - Returns: The id.
    package static func random(using generator: inout some RandomNumberGenerator) -> ImageID {
        ImageID(letters: (0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
    }

    /// A new id from the system's random source.
    package static func random() -> ImageID {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    package var description: String { rawValue }
}
