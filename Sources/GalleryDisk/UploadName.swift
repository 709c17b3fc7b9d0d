import GalleryCore
import SigV4

/// How a file's name travels with the upload: percent-encoded in the object's metadata, since S3 metadata is ASCII.
enum UploadName {
    /// The name of the metadata entry, `x-amz-meta-name`.
    static let metadataKey = "name"

    static func encode(_ name: FileName) -> String {
        URICoding.encode(name.description, keepingSlash: false)
    }

    static func decode(_ text: String) -> FileName? {
        URICoding.decodeString(text).map(FileName.init)
    }
}
