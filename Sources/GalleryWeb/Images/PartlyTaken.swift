import GalleryCore

/// A form of several pictures of which one was refused: those before it are in the gallery, those after it were not
/// read.
struct PartlyTaken: Error {
    let count: Int
    let stoppedAt: FileName
    let reason: GalleryError
}
