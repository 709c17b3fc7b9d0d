package import ImageMetadata
package import NIOCore

/// Makes the public files of a picture from the bytes that were uploaded.
///
/// A decoder is a place where hostile bytes have done harm before, so what stands behind this port keeps it apart; what
/// goes through the port is bytes.
package protocol RenditionMaker: Sendable {
    /// The formats it can make public files of.
    var formats: Set<ImageFormat> { get }

    /// Makes the files, one after the other: the renditions from the widest down, and the picture itself last, so that
    /// nothing is public of one that cannot be decoded.
    ///
    /// - Parameters:
    ///   - request: What the header says, and what to make.
    ///   - upload: Hands over all bytes of the upload in order, by as many calls of `write` as it takes; called once at
    ///     most.
    ///   - publish: Takes one file: it calls `fill` once, which hands over the file's bytes in order. The file is kept
    ///     when `publish` returns.
    /// - Returns: What is to be remembered of the files.
    /// - Throws: ``RenditionError``; and what `upload` and `publish` throw, as it is.
    func make(
        _ request: RenditionRequest,
        from upload: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void,
        publish: (
            _ kind: PublishedFile.Kind,
            _ fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
        ) async throws -> Void
    ) async throws -> RenditionResult
}

/// What is to be made of an upload.
package struct RenditionRequest: Hashable, Sendable {
    /// The widths of renditions (DESIGN §7); a picture gets those that are narrower than itself.
    package static let widths = [320, 640, 1280, 2048]

    package let format: ImageFormat
    /// Pixels as displayed, by the header.
    package let width: Int
    package let height: Int
    package let byteCount: Int64
    /// Width times height, of one frame.
    package let pixelLimit: Int
    package let sideLimit: Int
    package let frameLimit: Int

    package init(_ header: ImageHeader, byteCount: Int64, limits: GalleryLimits) {
        format = header.format
        width = header.width
        height = header.height
        self.byteCount = byteCount
        pixelLimit = limits.pixels
        sideLimit = limits.side
        frameLimit = limits.frames
    }
}

/// What was made of an upload.
package struct RenditionResult: Hashable, Sendable {
    /// The format of the file that stands for the picture: its own, or JPEG for those that browsers cannot show.
    package let format: ImageFormat
    /// Pixels of that file as displayed.
    package let width: Int
    package let height: Int
    /// Bytes of that file.
    package let byteCount: Int64
    /// Widest last.
    package let renditions: [Rendition]
    /// What is shown until a rendition arrives.
    package let placeholder: Placeholder?
    /// 1 for a still picture; `nil` when nobody counted.
    package let frameCount: Int?

    package init(
        file: (format: ImageFormat, width: Int, height: Int, byteCount: Int64),
        renditions: [Rendition],
        placeholder: Placeholder?,
        frameCount: Int?
    ) {
        format = file.format
        width = file.width
        height = file.height
        byteCount = file.byteCount
        self.renditions = renditions
        self.placeholder = placeholder
        self.frameCount = frameCount
    }
}

/// Why there are no public files.
package enum RenditionError: Error, Hashable, Sendable {
    /// The picture is damaged, or so made that it cannot be decoded within the limits of memory and time.
    case unreadable
    /// The picture has more pixels or frames than are taken, which its header did not say; the text tells which.
    case tooLarge(String)
    /// Nothing is wrong with the picture, as far as is known: it is worth another try.
    case unavailable(String)
}
