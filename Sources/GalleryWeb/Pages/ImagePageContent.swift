import GalleryCore
import ImageMetadata

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What `ui/image.mustache` shows.
struct ImagePageContent {
    private let image: GalleryImage
    private let origin: String
    private let links: Links

    init(_ image: GalleryImage, origin: String, links: Links) {
        self.image = image
        self.origin = origin
        self.links = links
    }

    /// What the template knows.
    var fields: TemplateFields { facts.merging(addresses) { fact, _ in fact } }

    private var facts: TemplateFields {
        let details = image.details
        let taken = details.camera?.taken
        return [
            "id": .text(image.id.rawValue), "name": .text(image.shownName), "alt": .text(image.shownName),
            "width": .number(image.width), "height": .number(image.height),
            "meta": .text("\(image.width) × \(image.height)"), "format": .text(image.format.shownName),
            "sizeText": .text(ByteCount(image.byteCount).description),
            "createdAt": .text(image.createdAt.formatted(.iso8601)),
            "createdText": .text(CalendarDay(image.createdAt).description),
            "camera": .text(details.camera.flatMap { CameraText($0).line }),
            "taken": .text(taken.flatMap { ClockText($0)?.description }), "takenAt": .text(taken),
            "positionRemoved": .flag(details.hadPosition),
            "thumbhash": .text(details.placeholder?.thumbHashText),
            "tone": .text(details.placeholder?.tone ?? Placeholder.noTone),
        ]
    }

    private var addresses: TemplateFields {
        let page = origin + image.pagePath
        let src = links.source(of: image, origin: origin)
        let sources = PictureSources(image, links: links)
        let card = CardPicture(image, origin: origin, links: links)
        return [
            "page": .text(page), "src": .text(src), "srcPath": .text(links.source(of: image, origin: "")),
            "srcset": .text(sources.large), "sizes": .text(sources.pageSizes),
            "cardImage": .text(card.address), "cardType": .text(card.type), "cardWidth": .number(card.width),
            "cardHeight": .number(card.height), "html": .text(html(src, page)),
            "markdown": .text("[![\(MarkdownText.escape(image.shownName))](\(src))](\(page))"),
        ]
    }

    private func html(_ src: String, _ page: String) -> String {
        "<a href=\"\(page)\"><img src=\"\(src)\" alt=\"\(HTMLText.escape(image.shownName))\" "
            + "width=\"\(image.width)\" height=\"\(image.height)\"></a>"
    }
}
