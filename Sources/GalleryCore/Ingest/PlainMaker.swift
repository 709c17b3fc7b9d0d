package import ImageMetadata
package import NIOCore

/// Publishes pictures without renditions, for hosts that have no decoder: what is private is taken out, no more.
package struct PlainMaker: RenditionMaker {
    /// Those that browsers show as they are.
    package let formats: Set<ImageFormat> = [.jpeg, .png, .gif, .webp, .avif]

    package init() {}

    package func make(
        _ request: RenditionRequest,
        from upload: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void,
        publish: (
            _ kind: PublishedFile.Kind,
            _ fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
        ) async throws -> Void
    ) async throws -> RenditionResult {
        guard formats.contains(request.format) else { throw RenditionError.unreadable }
        var bytes: [UInt8] = []
        try await upload { bytes += $0.readableBytesView }
        let frames = FrameCounter(format: request.format).count(in: bytes.span)
        guard frames ?? 1 <= request.frameLimit else {
            let detail =
                "The picture has \(frames ?? 0) frames: \(request.frameLimit) are the most. Leave some out and retry."
            throw RenditionError.tooLarge(detail)
        }
        let edits: EditList
        do throws(ImageMetadataError) {
            edits = try MetadataStripper(format: request.format).edits(of: bytes.span)
        } catch {
            throw RenditionError.unreadable
        }
        let file = ByteBuffer(bytes: edits.isIdentity ? bytes : edits.apply(to: bytes.span))
        try await publish(.picture(request.format)) { write in
            var rest = file
            while let piece = rest.readSlice(length: min(rest.readableBytes, Self.pieceByteCount)),
                piece.readableBytes > 0
            {
                try await write(piece)
            }
        }
        return RenditionResult(
            file: (request.format, request.width, request.height, Int64(file.readableBytes)),
            renditions: [],
            placeholder: nil,
            frameCount: frames
        )
    }

    /// How much is handed over at once.
    private static let pieceByteCount = 256 << 10
}
