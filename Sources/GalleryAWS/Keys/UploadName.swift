import GalleryCore
import HTTPTypes
import S3
import SigV4

/// How a file's name travels with the upload: percent-encoded in the object's metadata, since S3 metadata is ASCII.
enum UploadName {
    /// The metadata of an upload: `x-amz-meta-name`.
    static func metadata(_ name: FileName) -> [HTTPField.Name: String] {
        guard let field = HTTPField.Name("name") else { return [:] }
        return [field: URICoding.encode(name.description, keepingSlash: false)]
    }

    /// The name in an upload's metadata; empty when there is none that makes sense.
    static func name(in settings: ObjectSettings) -> FileName {
        let text = HTTPField.Name("name").flatMap { settings.metadata[$0] }.flatMap(URICoding.decodeString)
        return FileName(text ?? "")
    }
}
