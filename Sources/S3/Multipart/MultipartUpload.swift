import AWSTransport
import S3XML
package import SigV4

/// An upload in parts that has begun and has neither been completed nor aborted.
package struct MultipartUpload: Hashable, Sendable {
    /// Where the object will be.
    package let location: S3Location
    /// What the store calls the upload; never empty, since a request without it would be for the object itself.
    package let id: String

    /// Names an upload; `nil` for an id that is empty or longer than any store makes one.
    package init?(_ location: S3Location, id: String) {
        guard (1...Self.maximumIDLength).contains(id.utf8.count) else { return nil }
        self.location = location
        self.id = id
    }

    /// Reads an upload's id out of an answer.
    init(_ location: S3Location, in element: XMLElement) throws(AWSError) {
        guard let upload = MultipartUpload(location, id: try element.required("UploadId")) else {
            throw .badAnswer("its <UploadId> is too long")
        }
        self = upload
    }

    private static let maximumIDLength = 1024
}

/// A part that the store has.
package struct UploadedPart: Hashable, Sendable {
    /// 1...10,000.
    package let number: Int
    /// What the store calls the part; goes into the completing request.
    package let etag: ETag
    /// How many bytes it has; `nil` when the store did not tell.
    package let byteCount: Int64?
    /// Its SHA-256, 32 bytes; `nil` when the store keeps none.
    package let sha256: [UInt8]?
    /// When it came, in whole seconds; `nil` when the store did not tell.
    package let lastModified: SigningDate?

    /// Describes a part.
    package init(number: Int, etag: ETag, byteCount: Int64? = nil, sha256: [UInt8]? = nil) {
        self.number = number
        self.etag = etag
        self.byteCount = byteCount
        self.sha256 = sha256
        lastModified = nil
    }

    init(_ element: XMLElement) throws(AWSError) {
        guard let number = try element.count("PartNumber"), (1...10_000).contains(number) else {
            throw .badAnswer("a listed part has no number between 1 and 10,000")
        }
        guard let etag = try element.etag() else { throw .badAnswer("a listed part has no <ETag>") }
        self.number = Int(number)
        self.etag = etag
        byteCount = try element.count("Size")
        sha256 = try element.checksum()?.whole
        lastModified = try element.date("LastModified")
    }
}

/// One page of an upload's parts, by number.
package struct PartPage: Hashable, Sendable {
    /// The parts.
    package let parts: [UploadedPart]
    /// The number behind which the next page begins; `nil` on the last.
    package let next: Int?

    init(_ document: XMLElement) throws(AWSError) {
        var parts: [UploadedPart] = []
        for element in document.all("Part") { parts.append(try UploadedPart(element)) }
        self.parts = parts
        guard try document.flag("IsTruncated") else {
            next = nil
            return
        }
        guard let marker = try document.count("NextPartNumberMarker"), (1...10_000).contains(marker) else {
            throw .badAnswer("a cut list of parts does not tell where it goes on")
        }
        next = Int(marker)
    }
}

/// One page of a bucket's unfinished uploads.
package struct MultipartPage: Hashable, Sendable {
    /// The uploads, with the moment each began; `nil` when the store does not tell.
    package let uploads: [Entry]
    /// Where the next page begins; `nil` on the last.
    package let next: Marker?

    /// An unfinished upload.
    package struct Entry: Hashable, Sendable {
        /// Which upload.
        package let upload: MultipartUpload
        /// When it began.
        package let initiated: SigningDate?
    }

    /// The last upload of a page.
    package struct Marker: Hashable, Sendable {
        /// Its key.
        package let key: String
        /// What the store calls it; `nil` goes on with the next key.
        package let id: String?
    }

    init(_ document: XMLElement, bucket: S3Bucket) throws(AWSError) {
        let spelling = try KeySpelling(document)
        var uploads: [Entry] = []
        for element in document.all("Upload") {
            guard let key = S3Key(rawValue: try spelling.text(element, "Key")) else {
                throw .badAnswer("a listed upload has too long a key")
            }
            let upload = try MultipartUpload(S3Location(bucket: bucket, key: key), in: element)
            uploads.append(Entry(upload: upload, initiated: try element.date("Initiated")))
        }
        self.uploads = uploads
        next =
            try document.flag("IsTruncated")
            ? Marker(
                key: try spelling.text(document, "NextKeyMarker"),
                id: document.optional("NextUploadIdMarker")
            ) : nil
    }
}
