import GalleryCore
import ImageMetadata

/// What `ui/gallery.mustache` shows.
struct GalleryPage {
    private let page: ImagePage
    private let isFirst: Bool
    private let limits: GalleryLimits
    private let asksToken: Bool
    private let links: Links

    /// - Parameters:
    ///   - page: The pictures.
    ///   - isFirst: Whether they are the newest ones.
    ///   - limits: What is welcome.
    ///   - asksToken: Whether uploads need the gallery's token.
    ///   - links: Makes addresses.
    init(_ page: ImagePage, isFirst: Bool, limits: GalleryLimits, asksToken: Bool, links: Links) {
        self.page = page
        self.isFirst = isFirst
        self.limits = limits
        self.asksToken = asksToken
        self.links = links
    }

    /// What the template knows.
    var fields: TemplateFields {
        [
            "images": .list(page.images.map { Tile($0, links: links).fields }),
            "hasImages": .flag(!page.images.isEmpty),
            "isFirstPage": .flag(isFirst), "next": .text(page.next.map { "/?after=\($0)" }),
            "nextCursor": .text(page.next?.description), "uploadLimit": .number(limits.uploadBytes),
            "uploadLimitText": .text(ByteCount(limits.uploadBytes).description), "welcome": .text(welcome),
            "asksToken": .flag(asksToken), "blankTile": .list([Tile.blank]),
        ]
    }

    /// `JPEG, PNG, GIF or WebP`.
    private var welcome: String {
        let names = ImageFormat.allCases.filter(limits.formats.contains).map(\.shownName)
        guard names.count > 1, let last = names.last else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " or \(last)"
    }
}

extension ImageFormat {
    /// How people write it.
    var shownName: String { self == .webp ? "WebP" : rawValue.uppercased() }
}

extension GalleryImage {
    /// The file's name, or words for a picture that has none.
    var shownName: String { name.description.isEmpty ? "Untitled picture" : name.description }
}
