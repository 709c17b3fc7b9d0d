import DynamoDB
import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The attributes of items, and how they are read: what is there must make sense, or the item is refused.
struct CatalogItem {
    /// The layout that is written; items of a higher one are a newer imgn's.
    static let version: Int64 = 1

    /// The names of the attributes.
    enum Name {
        static let version = "v"
        static let kind = "kind"
        static let id = "id"
        static let target = "to"
        static let owner = "owner"
        static let position = "position"
        static let worker = "worker"
        static let end = "end"
        /// When DynamoDB may take the item away, in seconds since 1970.
        static let expiry = "expires"
    }

    /// Why an item cannot be used.
    struct Damage: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    private let attributes: Item

    /// Takes an item of a layout that is known.
    init(_ attributes: Item) throws {
        self.attributes = attributes
        let version = try integer(Name.version)
        guard version <= Self.version else {
            throw Damage("\(place) was written by a newer imgn (layout \(version)): start that one")
        }
        guard version == Self.version else { throw Damage("\(place) has the layout \(version)") }
    }

    /// What a new item has beside its key.
    static func attributes(_ key: Item, _ attributes: Item) -> Item {
        var item = key
        item[Name.version] = .integer(version)
        item.merge(attributes) { $1 }
        return item
    }

    func string(_ name: String) throws -> String {
        guard let text = attributes[name]?.string else { throw damage(name) }
        return text
    }

    func integer(_ name: String) throws -> Int64 {
        guard let number = attributes[name]?.integer else { throw damage(name) }
        return number
    }

    /// A number of 0 or more, 1 or more when it is a size.
    func count(_ name: String, atLeast least: Int64) throws -> Int64 {
        let number = try integer(name)
        guard number >= least else { throw damage(name) }
        return number
    }

    func binary(_ name: String) throws -> [UInt8] {
        guard let bytes = attributes[name]?.binary else { throw damage(name) }
        return bytes
    }

    /// A text that is something.
    func value<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value {
        guard let value = read(try string(name)) else { throw damage(name) }
        return value
    }

    /// A text that is something, `nil` when it is not there.
    func optional<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value? {
        attributes[name] == nil ? nil : try value(name, read)
    }

    /// Whether its time is over, though DynamoDB has not taken it away yet.
    func isExpired(at now: Date) throws -> Bool {
        attributes[Name.expiry] == nil ? false : try integer(Name.expiry) < now.wholeSeconds
    }

    func damage(_ name: String) -> Damage { Damage("\(place) has no usable \(name)") }

    private var place: String {
        "the item \(attributes[CatalogKey.partition]?.string ?? "?") \(attributes[CatalogKey.sort]?.string ?? "?")"
    }
}

extension Date {
    /// Milliseconds since 1970, to the nearest.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    /// Seconds since 1970, rounded up: what expires then has been kept long enough.
    var wholeSeconds: Int64 { Int64(timeIntervalSince1970.rounded(.up)) }
}
