#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What uploaders need of a store that do not speak our tickets: a form to post, a name for what they sent, keys of
/// their own.
package protocol CompanionStorage: Sendable {
    /// Where in the store the bytes of an upload arrive; other ids have other addresses.
    func address(of id: ImageID) -> ObjectAddress

    /// A form for one POST of one file whose size nobody has said yet.
    ///
    /// It binds key, type, name, and how many bytes there may be; and that nothing stands at the key, where the store
    /// has a way to say so.
    /// - Parameters:
    ///   - id: The upload's id.
    ///   - file: What is known of the file.
    ///   - origin: As in `presignUpload`.
    ///   - lifetime: When the form is made and for how many seconds a request with it may start.
    /// - Returns: The form, without its file.
    /// - Throws: `GalleryError` when the store cannot make one.
    func presignForm(
        _ id: ImageID,
        _ file: UnmeasuredFile,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedForm

    /// Short-lived keys that can write this one upload and nothing else; `nil` when the store has none to lend.
    func temporaryCredentials(for id: ImageID) async throws(GalleryError) -> TemporaryCredentials?
}

/// A place in a store.
package struct ObjectAddress: Hashable, Sendable {
    package let bucket: String
    package let key: String

    package init(bucket: String, key: String) {
        self.bucket = bucket
        self.key = key
    }
}

/// A file that someone wants to send without having said its size.
package struct UnmeasuredFile: Hashable, Sendable {
    package let name: FileName
    /// The media type the bytes are stored with; only a label.
    package let mediaType: String
    /// The most bytes it may have; it must have one.
    package let maximumByteCount: Int64

    /// Takes what is known; an unusable media type becomes `application/octet-stream`.
    package init(name: FileName, mediaType: String, maximumByteCount: Int64) {
        self.name = name
        self.mediaType = UploadRequest.presentable(mediaType)
        self.maximumByteCount = maximumByteCount
    }
}

/// A form that takes one file, as `multipart/form-data`.
package struct PresignedForm: Hashable, Sendable {
    /// Where it is posted.
    ///
    /// Ends in `/`: with the field `key` behind it, it is the object's own URL.
    package let url: String
    /// What stands before the file, which comes last under the name `file`.
    package let fields: [Field]

    package init(url: String, fields: [Field]) {
        self.url = url
        self.fields = fields
    }

    /// One field of the form.
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// Keys for a store that die soon.
package struct TemporaryCredentials: Sendable {
    package let accessKeyID: String
    package let secretAccessKey: String
    package let sessionToken: String
    package let expiresAt: Date
    /// The region they are good in.
    package let region: String

    package init(
        keys: (accessKeyID: String, secretAccessKey: String, sessionToken: String),
        expiresAt: Date,
        region: String
    ) {
        accessKeyID = keys.accessKeyID
        secretAccessKey = keys.secretAccessKey
        sessionToken = keys.sessionToken
        self.expiresAt = expiresAt
        self.region = region
    }
}
