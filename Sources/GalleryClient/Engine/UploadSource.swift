/// A file that is to be uploaded.
package struct UploadSource: Sendable {
    /// What the user called it; shown, and in the results.
    package let label: String
    /// The name the gallery gets.
    package let name: String
    /// Where an interrupted upload is found again; `nil` for what will not be there again.
    package let path: String?
    /// The open file.
    package let file: LocalFile

    package init(label: String, name: String, path: String?, file: LocalFile) {
        self.label = label
        self.name = name
        self.path = path
        self.file = file
    }
}

/// What came of a file.
package struct UploadOutcome: Sendable, Equatable {
    /// How it ended.
    package let status: UploadStatus
    /// The picture, when it is in the gallery.
    package var picture: PublishedPicture?
    /// Why it is not, in a sentence.
    package var detail: String?

    package init(_ status: UploadStatus, picture: PublishedPicture? = nil, detail: String? = nil) {
        self.status = status
        self.picture = picture
        self.detail = detail
    }
}
