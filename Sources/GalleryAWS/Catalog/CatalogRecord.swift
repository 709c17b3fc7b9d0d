import DynamoDB
import GalleryCore
import ImageMetadata

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the table knows of an upload.
enum CatalogRecord: Hashable, Sendable {
    case picture(FeedEntry)
    /// A later upload of a picture's bytes; the picture may be gone.
    case alias(of: ImageID)
    case rejection(Rejection)

    private enum Kind: String {
        case picture, alias, rejection
    }

    private enum Name {
        static let reason = "reason"
        static let detail = "detail"
    }

    /// Reads the item `image#<id>`; `nil` when its time is over.
    init?(_ attributes: Item, at now: Date) throws {
        let item = try CatalogItem(attributes)
        guard try !item.isExpired(at: now) else { return nil }
        switch try item.value(CatalogItem.Name.kind, Kind.init(rawValue:)) {
        case .picture: self = .picture(try FeedEntry(item))
        case .alias: self = .alias(of: try item.value(CatalogItem.Name.target) { ImageID($0) })
        case .rejection:
            let reason = try item.value(Name.reason, Rejection.Reason.init(rawValue:))
            self = .rejection(Rejection(reason, detail: try item.string(Name.detail)))
        }
    }

    static func item(picture entry: FeedEntry) -> Item {
        var attributes = entry.attributes
        attributes[CatalogItem.Name.kind] = .string(Kind.picture.rawValue)
        return CatalogItem.attributes(CatalogKey.image(entry.image.id), attributes)
    }

    static func item(alias id: ImageID, of picture: ImageID) -> Item {
        CatalogItem.attributes(
            CatalogKey.image(id),
            [
                CatalogItem.Name.kind: .string(Kind.alias.rawValue),
                CatalogItem.Name.target: .string(picture.rawValue),
            ]
        )
    }

    static func item(rejected id: ImageID, _ rejection: Rejection, until end: Date) -> Item {
        CatalogItem.attributes(
            CatalogKey.image(id),
            [
                CatalogItem.Name.kind: .string(Kind.rejection.rawValue),
                Name.reason: .string(rejection.reason.rawValue),
                Name.detail: .string(rejection.detail),
                CatalogItem.Name.expiry: .integer(end.wholeSeconds),
            ]
        )
    }

    /// Holds where an upload may be entered: nothing is known of it, it was refused, or it leads to a picture that is
    /// gone.
    static func isVacant(orLeadsTo gone: ImageID?) -> Condition {
        let vacant = Condition.absent(CatalogKey.partition) || isKind(.rejection)
        guard let gone else { return vacant }
        return vacant || leads(to: gone)
    }

    /// Holds of what is no picture of its own.
    static var isNoPicture: Condition {
        .absent(CatalogKey.partition) || isKind(.rejection) || isKind(.alias)
    }

    /// Holds of a picture at its place.
    static func isPicture(at position: Int64) -> Condition {
        isKind(.picture) && .equal(CatalogItem.Name.position, .integer(position))
    }

    /// Holds of what leads to a picture.
    static func leads(to picture: ImageID) -> Condition {
        isKind(.alias) && .equal(CatalogItem.Name.target, .string(picture.rawValue))
    }

    private static func isKind(_ kind: Kind) -> Condition {
        .equal(CatalogItem.Name.kind, .string(kind.rawValue))
    }
}
