package import ImageMetadata

/// What one picture may be.
///
/// Every limit's answer is listed in `docs/limits.md`.
package struct GalleryLimits: Sendable, Equatable {
    /// The formats that are welcome; every other is refused by its name.
    package var formats: Set<ImageFormat>
    /// Bytes of one upload; at most ``PartPlan/maximumByteCount``.
    package var uploadBytes: Int64
    /// Width times height.
    package var pixels: Int
    /// Width or height.
    package var side: Int
    /// Frames of an animated picture.
    package var frames: Int
    /// How long a ticket for one PUT, and every presigned URL, may be used, in seconds.
    package var ticketSeconds: Int
    /// How long an upload in parts may take, in seconds; then the store forgets it.
    package var multipartSeconds: Int

    package init(
        formats: Set<ImageFormat> = [.jpeg, .png, .gif, .webp, .avif, .heic],
        uploadBytes: Int64 = 100 << 20,
        pixels: Int = 100_000_000,
        side: Int = 32_767,
        frames: Int = 1000,
        ticketSeconds: Int = 300,
        multipartSeconds: Int = 86_400
    ) {
        self.formats = formats
        self.uploadBytes = uploadBytes
        self.pixels = pixels
        self.side = side
        self.frames = frames
        self.ticketSeconds = ticketSeconds
        self.multipartSeconds = multipartSeconds
    }
}
