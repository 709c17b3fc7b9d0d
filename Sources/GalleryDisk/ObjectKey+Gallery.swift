package import GalleryCore
package import ObjectStore

/// The gallery's keys (DESIGN §7): `incoming/<id>`, `images/<id>.<ext>` and `renditions/<id>/<width>.webp`.
extension ObjectKey {
    private static let incomingPrefix = "incoming/"

    static func incoming(_ id: ImageID) -> ObjectKey {
        ObjectKey(valid: incomingPrefix + id.rawValue)
    }

    static func published(_ file: PublishedFile) -> ObjectKey {
        ObjectKey(valid: file.path)
    }

    static func original(_ id: ImageID) -> ObjectKey {
        ObjectKey(valid: "originals/" + id.rawValue)
    }

    /// The id when this is the key of an upload.
    package var incomingID: ImageID? {
        guard rawValue.hasPrefix(Self.incomingPrefix) else { return nil }
        return ImageID(rawValue: String(rawValue.dropFirst(Self.incomingPrefix.count)))
    }

    /// A key made of an id is 1…1024 bytes long.
    private init(valid text: String) {
        guard let key = ObjectKey(rawValue: text) else { preconditionFailure("a key made of an id is a key") }
        self = key
    }
}

extension ListPage {
    /// The objects of the page, without common prefixes.
    var objects: [ObjectInfo] {
        entries.compactMap { entry in
            if case .object(let info) = entry { info } else { nil }
        }
    }
}
