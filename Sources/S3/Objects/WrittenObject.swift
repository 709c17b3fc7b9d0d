import AWSTransport
import HTTPTypes
import S3XML

/// What a store says of an object it has just written.
package struct WrittenObject: Hashable, Sendable {
    /// `nil` when the store gives none, as old Ceph after a multipart upload.
    package let etag: ETag?
    /// `nil` when the store keeps no SHA-256 of it.
    package let checksum: ObjectChecksum?

    /// Reads the headers of an answer to a PUT.
    init(_ headers: HTTPFields) throws(AWSError) {
        etag = headers[.eTag].flatMap(ETag.init)
        checksum = try ObjectHead.checksum(headers)
    }

    /// Reads the document that answers a copy or the end of a multipart upload.
    init(_ document: XMLElement) throws(AWSError) {
        etag = try document.etag()
        checksum = try document.checksum()
    }
}
