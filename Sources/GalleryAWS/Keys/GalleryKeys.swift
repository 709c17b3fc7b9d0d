import GalleryCore
package import S3

/// Where the gallery's objects are in a bucket: `incoming/<id>`, `images/<id>.<ext>`, and
/// `renditions/<id>/<width>.webp`, under a prefix if any.
package struct GalleryKeys: Hashable, Sendable {
    /// The bucket.
    package let bucket: S3Bucket
    /// Empty, or text that ends with a slash.
    package let prefix: String

    /// The most bytes a prefix may have, so that every key has room behind it.
    package static let maximumPrefixByteCount = 900

    /// Takes a prefix as people write it, with or without slashes around it.
    ///
    /// - Parameters:
    ///   - bucket: The bucket.
    ///   - prefix: The prefix; one that is too long or holds control characters is `nil`.
    package init?(bucket: S3Bucket, prefix: String = "") {
        var text = prefix[...]
        while text.hasPrefix("/") { text = text.dropFirst() }
        while text.hasSuffix("/") { text = text.dropLast() }
        guard text.utf8.count <= Self.maximumPrefixByteCount,
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return nil }
        self.bucket = bucket
        self.prefix = text.isEmpty ? "" : "\(text)/"
    }

    /// What the keys of all uploads begin with.
    var incomingPrefix: String { "\(prefix)incoming/" }

    /// Where an upload waits for ingest.
    func incoming(_ id: ImageID) -> S3Location { location("\(incomingPrefix)\(id)") }

    /// Where an upload is kept as it came.
    func original(_ id: ImageID) -> S3Location { location("\(prefix)originals/\(id)") }

    /// Where a public file is.
    func published(_ file: PublishedFile) -> S3Location { location("\(prefix)\(file.path)") }

    /// Where a probe of the store may write.
    func probe(_ name: String) -> S3Location { location("\(probePrefix)\(name)") }

    /// The id whose upload has this key; `nil` for any other key.
    func incomingID(of key: String) -> ImageID? {
        guard key.hasPrefix(incomingPrefix) else { return nil }
        return ImageID(rawValue: String(key.dropFirst(incomingPrefix.count)))
    }

    /// Whether a probe wrote under this key.
    func isProbe(_ key: String) -> Bool { key.hasPrefix(probePrefix) }

    private var probePrefix: String { "\(incomingPrefix)probe-" }

    private func location(_ key: String) -> S3Location {
        guard let key = S3Key(rawValue: key) else { preconditionFailure("a short name under a short prefix is a key") }
        return S3Location(bucket: bucket, key: key)
    }
}
