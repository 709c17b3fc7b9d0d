import GalleryCore
import ImageMetadata

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What `ui/gallery.mustache` shows.
struct GalleryPage {
    let images: [Tile]
    let hasImages: Bool
    let isFirstPage: Bool
    /// The address of the next page; `nil` on the last.
    let next: String?
    let nextCursor: String?
    let uploadLimit: Int64
    let uploadLimitText: String

    init(_ page: ImagePage, isFirst: Bool, uploadLimit: Int64, links: Links) {
        images = page.images.map { Tile($0, src: links.source(of: $0, origin: "")) }
        hasImages = !page.images.isEmpty
        isFirstPage = isFirst
        nextCursor = page.next?.description
        next = page.next.map { "/?after=\($0)" }
        self.uploadLimit = uploadLimit
        uploadLimitText = ByteCount(uploadLimit).description
    }

    /// What the template knows.
    var fields: TemplateFields {
        [
            "images": .list(images.map(\.fields)), "hasImages": .flag(hasImages), "isFirstPage": .flag(isFirstPage),
            "next": .text(next), "nextCursor": .text(nextCursor), "uploadLimit": .number(uploadLimit),
            "uploadLimitText": .text(uploadLimitText), "blankTile": .list([Tile.blank]),
        ]
    }

    /// One picture of the grid.
    struct Tile {
        let id: String
        let page: String
        let src: String
        let width: Int
        let height: Int
        let meta: String
        let name: String
        let alt: String

        init(_ image: GalleryImage, src: String) {
            id = image.id.rawValue
            page = image.pagePath
            self.src = src
            width = image.width
            height = image.height
            meta = "\(image.width) × \(image.height)"
            name = image.shownName
            alt = image.shownName
        }

        /// What the template of a tile knows.
        var fields: TemplateFields {
            [
                "id": .text(id), "page": .text(page), "src": .text(src), "width": .number(width),
                "height": .number(height), "meta": .text(meta), "name": .text(name), "alt": .text(alt),
            ]
        }

        /// A tile of no picture, which scripts fill in.
        static var blank: TemplateFields {
            let names = ["id", "page", "src", "width", "height", "meta", "name", "alt"]
            return Dictionary(uniqueKeysWithValues: names.map { ($0, .text(nil)) })
        }
    }
}

/// What `ui/image.mustache` shows.
struct ImagePageContent {
    let id: String
    let page: String
    let src: String
    let srcPath: String
    let width: Int
    let height: Int
    let meta: String
    let name: String
    let alt: String
    let format: String
    let type: String
    let sizeText: String
    let createdAt: String
    let createdText: String
    let markdown: String
    let html: String

    init(_ image: GalleryImage, origin: String, links: Links) {
        id = image.id.rawValue
        page = origin + image.pagePath
        srcPath = links.source(of: image, origin: "")
        src = links.source(of: image, origin: origin)
        width = image.width
        height = image.height
        meta = "\(image.width) × \(image.height)"
        name = image.shownName
        alt = image.shownName
        format = image.format.rawValue.uppercased()
        type = image.format.mediaType
        sizeText = ByteCount(image.byteCount).description
        createdAt = image.createdAt.formatted(.iso8601)
        createdText = CalendarDay(image.createdAt).description
        markdown = "[![\(MarkdownText.escape(image.shownName))](\(src))](\(page))"
        html =
            "<a href=\"\(page)\"><img src=\"\(src)\" alt=\"\(HTMLText.escape(image.shownName))\" "
            + "width=\"\(image.width)\" height=\"\(image.height)\"></a>"
    }

    /// What the template knows.
    var fields: TemplateFields {
        [
            "id": .text(id), "page": .text(page), "src": .text(src), "srcPath": .text(srcPath),
            "width": .number(width), "height": .number(height), "meta": .text(meta), "name": .text(name),
            "alt": .text(alt), "format": .text(format), "type": .text(type), "sizeText": .text(sizeText),
            "createdAt": .text(createdAt), "createdText": .text(createdText), "markdown": .text(markdown),
            "html": .text(html),
        ]
    }
}

extension GalleryImage {
    /// The file's name, or words for a picture that has none.
    var shownName: String { name.description.isEmpty ? "Untitled picture" : name.description }
}

/// A day in words, in UTC: `22 November 2026`.
struct CalendarDay: CustomStringConvertible {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    let description: String

    init(_ date: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let day = calendar.dateComponents([.year, .month, .day], from: date)
        description = "\(day.day ?? 1) \(Self.months[(day.month ?? 1) - 1]) \(day.year ?? 1970)"
    }
}
