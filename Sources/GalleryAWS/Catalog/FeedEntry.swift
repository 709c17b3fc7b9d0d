import DynamoDB
import GalleryCore
import ImageMetadata

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A picture and its place in the gallery.
struct FeedEntry: Hashable, Sendable {
    /// Higher is newer.
    let position: Int64
    let image: GalleryImage

    private enum Name {
        static let name = "name"
        static let format = "format"
        static let width = "width"
        static let height = "height"
        static let byteCount = "bytes"
        static let digest = "digest"
        static let creation = "created"
        static let details = "details"
    }

    init(position: Int64, image: GalleryImage) {
        self.position = position
        self.image = image
    }

    /// Reads the attributes, from whichever item has them.
    init(_ item: CatalogItem) throws {
        position = try item.count(CatalogItem.Name.position, atLeast: 1)
        guard let digest = ContentDigest(bytes: try item.binary(Name.digest)) else { throw item.damage(Name.digest) }
        let sides = try (item.count(Name.width, atLeast: 1), item.count(Name.height, atLeast: 1))
        guard let width = Int(exactly: sides.0), let height = Int(exactly: sides.1) else {
            throw item.damage(Name.width)
        }
        let milliseconds = try item.count(Name.creation, atLeast: 0)
        image = GalleryImage(
            id: try item.value(CatalogItem.Name.id) { ImageID($0) },
            name: FileName(try item.string(Name.name)),
            header: (try item.value(Name.format, ImageFormat.init(rawValue:)), width, height),
            content: (try item.count(Name.byteCount, atLeast: 0), digest),
            owner: try item.optional(CatalogItem.Name.owner, OwnerID.init(rawValue:)),
            createdAt: Date(timeIntervalSince1970: Double(milliseconds) / 1000),
            details: try item.optional(Name.details, ImageDetails.init(json:)) ?? ImageDetails()
        )
    }

    var attributes: Item {
        var attributes: Item = [
            CatalogItem.Name.id: .string(image.id.rawValue),
            CatalogItem.Name.position: .integer(position),
            Name.name: .string(image.name.description),
            Name.format: .string(image.format.rawValue),
            Name.width: .integer(Int64(image.width)),
            Name.height: .integer(Int64(image.height)),
            Name.byteCount: .integer(image.byteCount),
            Name.digest: .binary(image.digest.bytes),
            Name.creation: .integer(image.createdAt.milliseconds),
            Name.details: .string(image.details.json),
        ]
        if let owner = image.owner { attributes[CatalogItem.Name.owner] = .string(owner.rawValue) }
        return attributes
    }

    /// The item of the gallery's order.
    var feedItem: Item { CatalogItem.attributes(CatalogKey.feed(at: position), attributes) }
}
