import GalleryCore

/// One picture of the grid; `ui/picture.js` writes and reads the same.
struct Tile {
    private let image: GalleryImage
    private let links: Links

    init(_ image: GalleryImage, links: Links) {
        self.image = image
        self.links = links
    }

    /// What the template of a tile knows.
    var fields: TemplateFields {
        let sources = PictureSources(image, links: links)
        let details = image.details
        let taken = details.camera?.taken.flatMap { CalendarDay(ofClock: $0) }
        return [
            "id": .text(image.id.rawValue), "page": .text(image.pagePath),
            "src": .text(links.source(of: image, origin: "")), "srcset": .text(sources.small),
            "sizes": .text(sources.tileSizes), "width": .number(image.width), "height": .number(image.height),
            "meta": .text("\(image.width) × \(image.height)"), "name": .text(image.shownName),
            "alt": .text(image.shownName), "isAnimated": .flag(details.isAnimated),
            "thumbhash": .text(details.placeholder?.thumbHashText), "color": .text(details.placeholder?.colorText),
            "tone": .text(details.placeholder?.tone ?? Placeholder.noTone),
            "camera": .text(details.camera.flatMap { CameraText($0).line }),
            "day": .text(taken.map { "Taken \($0)" } ?? "Added \(CalendarDay(image.createdAt))"),
            "size": .text(ByteCount(image.byteCount).description),
            "note": .text(details.hadPosition ? "position removed" : nil),
        ]
    }

    /// A tile of no picture, which scripts fill in.
    static var blank: TemplateFields {
        let names = [
            "id", "page", "src", "srcset", "sizes", "width", "height", "meta", "name", "alt", "thumbhash", "color",
            "camera", "day", "size", "note",
        ]
        let nothing = names.map { ($0, TemplateValue.text(nil)) }
        return Dictionary(uniqueKeysWithValues: nothing).merging(
            ["tone": .text(Placeholder.noTone), "isAnimated": .flag(false)]
        ) { _, new in new }
    }
}
