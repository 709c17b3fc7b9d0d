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
        var bytes = ByteBuffer()
        try await upload { bytes.writeImmutableBuffer($0) }
        let byteCount = Int64(bytes.readableBytes)
        try await publish(.picture(request.format)) { write in
            while let piece = bytes.readSlice(length: min(bytes.readableBytes, Self.pieceByteCount)),
                piece.readableBytes > 0
            {
                try await write(piece)
            }
        }
        return RenditionResult(
            file: (request.format, request.width, request.height, byteCount),
            renditions: [],
            placeholder: nil,
            frameCount: 1
        )
    }

    /// How much is handed over at once.
    private static let pieceByteCount = 256 << 10
}
