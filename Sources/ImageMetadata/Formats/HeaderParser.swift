/// One format's way from the signature to the header; to add a format, add a conformance and a case of ``ImageFormat``.
///
/// A parser works in units (segments, chunks). It remembers where the next unit begins, so that it can go on with
/// another window after it was interrupted. Every unit it finishes moves that place forward.
protocol HeaderParser: Sendable {
    /// Offset in the file where the parser goes on: the next window must begin here.
    var resumeOffset: Int { get }

    /// The header as far as known, for when the rest of the file cannot be had; `nil` while the sides are not known.
    var knownHeader: ImageHeader? { get }

    /// Goes on from `resumeOffset` until the header is known or the window ends.
    ///
    /// - Parameter window: What is at hand, from `resumeOffset` on.
    /// - Returns: The header.
    /// - Throws: `needs(upTo:)` with an end beyond `resumeOffset`, or `failed(_:)`.
    mutating func parse(_ window: FileWindow) throws(HeaderInterruption) -> ImageHeader
}
