import S3XML

/// The body of a DeleteObjects: which keys, and whether only failures are reported.
struct DeleteRequest: Sendable, Equatable {
    /// One object to delete.
    struct Item: Sendable, Equatable {
        /// Its key, not yet checked.
        var key = ""
        /// The version to delete; `nil` when none was named.
        var versionID: String?
        /// What else was said of it (`ETag`, `Size`, …), which this store does not do.
        var unsupported: String?
    }

    /// The most keys of one request.
    static let maximumItemCount = 1000

    /// The objects, in the order given.
    private(set) var items: [Item] = []
    /// Whether the answer lists failures only.
    private(set) var isQuiet = false

    /// Reads `<Delete><Object><Key>…</Key></Object>…<Quiet>true</Quiet></Delete>`.
    /// - Throws: `MalformedXML` for everything else: bad XML, unknown elements, no key, none or more than 1000 of them.
    init(xml bytes: [UInt8]) throws(S3Error) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformedXML }
        do {
            var parser = XMLPullParser(text)
            try read(&parser)
        } catch {
            throw .malformedXML
        }
        guard !items.isEmpty else { throw .malformedXML }
    }

    private mutating func read(_ parser: inout XMLPullParser) throws(XMLPullParser.Malformed) {
        guard try Self.child(&parser) == "Delete" else { throw XMLPullParser.Malformed() }
        while let name = try Self.child(&parser) {
            switch name {
            case "Object":
                guard items.count < Self.maximumItemCount else { throw XMLPullParser.Malformed() }
                items.append(try Self.item(&parser))
            case "Quiet":
                isQuiet = try Self.text(&parser) == "true"
            default:
                throw XMLPullParser.Malformed()
            }
        }
        guard try parser.next() == nil else { throw XMLPullParser.Malformed() }
    }

    private static func item(_ parser: inout XMLPullParser) throws(XMLPullParser.Malformed) -> Item {
        var item = Item()
        while let name = try child(&parser) {
            switch name {
            case "Key": item.key = try text(&parser)
            case "VersionId": item.versionID = try text(&parser)
            case "ETag", "LastModifiedTime", "Size":
                _ = try text(&parser)
                item.unsupported = name
            default: throw XMLPullParser.Malformed()
            }
        }
        guard !item.key.isEmpty else { throw XMLPullParser.Malformed() }
        return item
    }

    /// Steps over blanks into the next element and returns its name; nil at the end of the element it is in.
    private static func child(_ parser: inout XMLPullParser) throws(XMLPullParser.Malformed) -> String? {
        while let event = try parser.next() {
            switch event {
            case .start(let name): return name
            case .end: return nil
            case .text(let text):
                guard text.allSatisfy(\.isWhitespace) else { throw XMLPullParser.Malformed() }
            }
        }
        throw XMLPullParser.Malformed()
    }

    /// The text of the element it is in, which holds nothing else.
    private static func text(_ parser: inout XMLPullParser) throws(XMLPullParser.Malformed) -> String {
        var content = ""
        while let event = try parser.next() {
            switch event {
            case .text(let text): content += text
            case .end: return content
            case .start: throw XMLPullParser.Malformed()
            }
        }
        throw XMLPullParser.Malformed()
    }
}
