import AWSTransport
import S3XML
package import SigV4

/// What to list of a bucket.
package struct ObjectQuery: Hashable, Sendable {
    /// What every key begins with.
    package var prefix: String
    /// Folds keys with the same beginning up to this text into one common prefix; `nil` folds none.
    package var delimiter: String?
    /// Lists keys behind this one only, in the order of their bytes.
    package var startAfter: String?
    /// Where a page before ended; see ``ObjectPage/next``.
    package var continuation: String?
    /// The most entries of a page; the store gives 1000 at most.
    package var limit: Int

    /// Describes a listing.
    package init(prefix: String = "", delimiter: String? = nil, startAfter: String? = nil, limit: Int = 1000) {
        self.prefix = prefix
        self.delimiter = delimiter
        self.startAfter = startAfter
        self.limit = limit
    }
}

/// One page of a listing, in the order of the keys' bytes.
package struct ObjectPage: Hashable, Sendable {
    /// The objects.
    package let objects: [ListedObject]
    /// The folded beginnings of keys.
    package let commonPrefixes: [String]
    /// What ``ObjectQuery/continuation`` has to be for the next page; `nil` on the last.
    package let next: String?

    /// Reads the answer to ListObjectsV2.
    init(_ document: XMLElement) throws(AWSError) {
        let spelling = try KeySpelling(document)
        var objects: [ListedObject] = []
        for element in document.all("Contents") { objects.append(try ListedObject(element, spelling)) }
        var prefixes: [String] = []
        for element in document.all("CommonPrefixes") { prefixes.append(try spelling.text(element, "Prefix")) }
        self.objects = objects
        commonPrefixes = prefixes
        next = try document.flag("IsTruncated") ? try document.required("NextContinuationToken") : nil
    }
}

/// An object as a listing shows it.
package struct ListedObject: Hashable, Sendable {
    /// The key, decoded.
    package let key: String
    /// How many bytes it has.
    package let byteCount: Int64
    /// `nil` when the store gives none.
    package let etag: ETag?
    /// When it was written, in whole seconds.
    package let lastModified: SigningDate?

    init(_ element: XMLElement, _ spelling: KeySpelling) throws(AWSError) {
        key = try spelling.text(element, "Key")
        guard let byteCount = try element.count("Size") else { throw .badAnswer("a listed object has no <Size>") }
        self.byteCount = byteCount
        etag = try element.etag()
        lastModified = try element.date("LastModified")
    }
}

/// How an answer spells keys: percent-encoded when it says so, as we always ask, else as they are.
struct KeySpelling {
    private let isEncoded: Bool

    init(_ document: XMLElement) throws(AWSError) {
        switch document.optional("EncodingType") {
        case nil: isEncoded = false
        case "url": isEncoded = true
        case let other?: throw .badAnswer("<EncodingType> is unknown: \(other.excerpt)")
        }
    }

    /// The text of a child that must be there; `+` is a blank, as S3 writes it.
    func text(_ element: XMLElement, _ child: String) throws(AWSError) -> String {
        let text = try element.required(child)
        guard isEncoded else { return text }
        let plain = text.replacing("+", with: "%20")
        guard let decoded = URICoding.decodeString(plain) else {
            throw .badAnswer("<\(child)> is not percent-encoded UTF-8: \(text.excerpt)")
        }
        return decoded
    }
}
