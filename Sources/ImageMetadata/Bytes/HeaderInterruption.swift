/// Why a parser stopped before it had the header.
enum HeaderInterruption: Error, Equatable {
    /// The file goes on, but the bytes up to this offset are not at hand.
    case needs(upTo: Int)
    /// The header cannot be read, and why.
    case failed(ImageMetadataError)
}
