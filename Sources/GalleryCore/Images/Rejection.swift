package import ImageMetadata

/// Why ingest refused an upload.
package struct Rejection: Error, Hashable, Sendable {
    /// The stable word for programs.
    package enum Reason: String, Sendable, CaseIterable {
        case unsupportedType = "unsupported-type"
        case unreadable
        case tooManyPixels = "too-many-pixels"
        case tooLarge = "too-large"
    }

    package let reason: Reason
    /// A sentence for people that says the way out.
    package let detail: String

    package init(_ reason: Reason, detail: String) {
        self.reason = reason
        self.detail = detail
    }

    /// The refusal of bytes that are not a picture imgn takes, naming what was found and what is welcome.
    package static func unsupported(_ found: ForeignFormat?, welcome: Set<ImageFormat>) -> Rejection {
        let welcome = "\(welcome.phrase) pictures are welcome."
        guard let found else {
            return Rejection(.unsupportedType, detail: "This is not a picture imgn knows. \(welcome)")
        }
        return Rejection(.unsupportedType, detail: "This file is \(found.phrase), whatever its name says. \(welcome)")
    }

    /// The refusal of a picture that is damaged.
    package static let unreadable = Rejection(
        .unreadable,
        detail: "The picture is damaged or incomplete: its dimensions cannot be read. Save it again and retry."
    )

    /// The refusal of a picture whose header is sound and whose pixels are not.
    package static let undecodable = Rejection(
        .unreadable,
        detail: "The picture is damaged or incomplete, or needs too much work to be shown. Save it again and retry."
    )
}

extension Set<ImageFormat> {
    /// The formats in words, in the order of ``ImageFormat``: `JPEG, PNG and GIF`.
    var phrase: String {
        let names = ImageFormat.allCases.filter(contains).map { $0 == .webp ? "WebP" : $0.rawValue.uppercased() }
        guard names.count > 1, let last = names.last else { return names.first ?? "No" }
        return names.dropLast().joined(separator: ", ") + " and \(last)"
    }
}
