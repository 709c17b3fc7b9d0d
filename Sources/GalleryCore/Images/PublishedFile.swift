package import ImageMetadata

/// The public name of a picture's bytes: `<id>.<ext>`, or `<id>/<width>.webp` for a rendition.
package struct PublishedFile: LosslessStringConvertible, Hashable, Sendable {
    /// What the bytes are.
    package enum Kind: Hashable, Sendable {
        /// The picture itself.
        case picture(ImageFormat)
        /// A smaller one, so many pixels wide.
        case rendition(width: Int)
    }

    package let id: ImageID
    package let kind: Kind

    package init(id: ImageID, _ kind: Kind) {
        self.id = id
        self.kind = kind
    }

    package init(id: ImageID, format: ImageFormat) {
        self.init(id: id, .picture(format))
    }

    /// Takes one of the two forms; `nil` for everything else, so that no other path can be asked for.
    package init?(_ description: String) {
        let words = description.split(separator: "/", omittingEmptySubsequences: false)
        let parts = words[words.count - 1].split(separator: ".", omittingEmptySubsequences: false)
        guard words.count <= 2, parts.count == 2, let id = ImageID(String(words.count == 2 ? words[0] : parts[0]))
        else {
            return nil
        }
        guard let kind = words.count == 2 ? Kind(rendition: parts) : Kind(picture: parts) else { return nil }
        self.init(id: id, kind)
    }

    package var description: String {
        switch kind {
        case .picture(let format): "\(id).\(format.fileExtension)"
        case .rendition(let width): "\(id)/\(width).\(ImageFormat.webp.fileExtension)"
        }
    }

    /// Folder and name, as in keys of stores and in addresses: `images/…` or `renditions/…`.
    package var path: String {
        switch kind {
        case .picture: "images/\(self)"
        case .rendition: "renditions/\(self)"
        }
    }

    /// What the bytes are to be taken for.
    package var format: ImageFormat {
        switch kind {
        case .picture(let format): format
        case .rendition: .webp
        }
    }
}

extension PublishedFile.Kind {
    /// Takes the two halves of `<id>.<ext>`.
    fileprivate init?(picture parts: [Substring]) {
        guard let format = ImageFormat.allCases.first(where: { $0.fileExtension == parts[1] }) else { return nil }
        self = .picture(format)
    }

    /// Takes the two halves of `<width>.webp`, the width as it is written.
    fileprivate init?(rendition parts: [Substring]) {
        guard let width = Int(parts[0]), width > 0, "\(width)" == parts[0],
            parts[1] == ImageFormat.webp.fileExtension
        else { return nil }
        self = .rendition(width: width)
    }
}
