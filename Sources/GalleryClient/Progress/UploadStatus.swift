/// How a file ended.
package enum UploadStatus: String, Sendable, Equatable, Encodable {
    /// It is in the gallery, sent by this run.
    case uploaded
    /// Its bytes were in the gallery before.
    case known
    /// The gallery does not take it.
    case rejected
    /// It could not be sent.
    case failed

    /// Whether the picture is in the gallery now.
    package var isIn: Bool { self == .uploaded || self == .known }
}
