import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Placeholder {
    /// What SVG calls no colour.
    static let noTone = "none"

    /// `#rrggbb`.
    var colorText: String {
        let digits = String(color, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The hash in base64; `nil` when there is none.
    var thumbHashText: String? { thumbHash.isEmpty ? nil : Data(thumbHash).base64EncodedString() }

    /// The colour that may stand behind the picture without scripts: none when one would see it through.
    var tone: String { isTranslucent ? Self.noTone : colorText }

    /// Whether the hash says that parts of the picture are transparent (bit 23 of ThumbHash's header).
    private var isTranslucent: Bool { thumbHash.count > 2 && thumbHash[2] & 0x80 != 0 }
}
