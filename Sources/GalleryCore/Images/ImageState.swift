/// What is known of an upload.
package enum ImageState: Hashable, Sendable {
    /// Uploaded, not yet looked at.
    case incoming
    /// In the gallery. A second upload of the same bytes has the first picture here.
    case ready(GalleryImage)
    /// Looked at and refused.
    case rejected(Rejection)

    /// True when nothing more will happen to it.
    package var isFinal: Bool { self != .incoming }
}
