import DynamoDB
import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The keys of the table's items.
///
/// | item | `pk` | `sk` |
/// |---|---|---|
/// | what became of an upload | `image#<id>` | `image` |
/// | a later upload of a picture's bytes | `image#<picture>` | `alias#<id>` |
/// | which picture has these bytes | `digest#<owner, or ->#<digest>` | `digest` |
/// | a picture's place in the gallery | `feed#<shard>` | its position, 19 digits |
/// | whose an upload is | `owner#<id>` | `owner` |
/// | who looks at an upload | `lease#<id>` | `lease` |
/// | how much a client has asked for | `rate#<client>` | `rate` |
enum CatalogKey {
    static let partition = "pk"
    static let sort = "sk"

    /// How many partitions the gallery's order is spread over.
    ///
    /// A partition takes 1000 writes a second, and gives 3000 reads. Changing the number moves pictures.
    static let shardCount = 4

    static let aliasPrefix = "alias#"

    static func image(_ id: ImageID) -> Item { key("image#\(id)", "image") }

    static func alias(_ id: ImageID, of picture: ImageID) -> Item { key("image#\(picture)", aliasPrefix + id.rawValue) }

    static func digest(_ digest: ContentDigest, of owner: OwnerID?) -> Item {
        let text = digest.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return key("digest#\(owner?.rawValue ?? "-")#\(text)", "digest")
    }

    static func feed(at position: Int64) -> Item {
        key(feed(shard: Int(position % Int64(shardCount))), feedSort(position))
    }

    static func feed(shard: Int) -> String { "feed#\(shard)" }

    /// Digits that sort like the numbers they are.
    static func feedSort(_ position: Int64) -> String {
        let digits = String(position)
        return String(repeating: "0", count: max(0, 19 - digits.utf8.count)) + digits
    }

    static func owner(_ id: ImageID) -> Item { key("owner#\(id)", "owner") }

    static func lease(_ id: ImageID) -> Item { key("lease#\(id)", "lease") }

    static func rate(_ client: ClientKey) -> Item { key("rate#\(client.rawValue)", "rate") }

    private static func key(_ partition: String, _ sort: String) -> Item {
        [Self.partition: .string(partition), Self.sort: .string(sort)]
    }
}
