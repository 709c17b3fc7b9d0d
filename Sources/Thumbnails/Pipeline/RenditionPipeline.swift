import ImageMetadata

/// Makes the files of one picture: one decode, the renditions from the widest down, then the picture itself.
struct RenditionPipeline {
    /// WebP at this quality and effort: more effort costs more time than it saves bytes.
    private static let renditionQuality: Int32 = 79
    private static let renditionEffort: Int32 = 2
    /// For JPEGs that stand for pictures browsers cannot show.
    private static let pictureQuality: Int32 = 90
    /// How wide a picture is decoded that gets no renditions.
    private static let leastWidth = 320
    /// How much smaller a decoder may make a picture, so that enough is left for a good filter: down to twice the size.
    private static let margin = 2.0

    let library: VipsLibrary
    let request: WorkerRequest
    let fault: WorkerFault
    /// Takes each file with its bytes; false when no more are wanted.
    let emit: (FileHead, [UInt8]) -> Bool

    /// Makes the files.
    ///
    /// - Parameter bytes: The upload.
    /// - Returns: What else was found out.
    /// - Throws: ``WorkerRefusal``.
    func run(_ bytes: [UInt8]) throws(WorkerRefusal) -> WorkerSummary {
        let upload = try Upload(bytes, request)
        library.unblockLoader(of: request.format)
        fault.strike(width: upload.header.width)
        do {
            return try make(upload)
        } catch let refusal as WorkerRefusal {
            throw refusal
        } catch let failure as VipsFailure {
            throw WorkerRefusal(.unreadable, words: failure.words)
        } catch {
            throw WorkerRefusal(.unreadable, words: "\(error)")
        }
    }

    private func make(_ upload: Upload) throws -> WorkerSummary {
        let decoded = try decode(upload)
        let plan = RenditionPlan(width: decoded.width, height: decoded.height, steps: request.steps)
        var current = decoded.image
        for width in plan.widths {
            current = try smaller(current, width: width)
            try emitRendition(current)
        }
        let grid = try placeholder(of: current)
        try emitPicture(upload, decoded)
        return WorkerSummary(
            frameCount: decoded.frameCount,
            thumbHash: ThumbHash.bytes(of: grid),
            color: DominantColor.of(grid)
        )
    }

    // MARK: Decoding

    /// A picture in memory, upright and in sRGB.
    private struct Decoded {
        /// Pixels of the whole picture as displayed.
        let width: Int
        let height: Int
        let frameCount: Int
        /// At least as wide as the widest rendition; the whole picture when a JPEG is made of it.
        let image: VipsImage
    }

    private func decode(_ upload: Upload) throws -> Decoded {
        try unsafe upload.decoded.withUnsafeBytes { bytes in
            let header = try unsafe VipsImage.load(bytes, format: request.format)
            let turned = upload.header.orientation.swapsSides
            let (width, height) = turned ? (header.height, header.width) : (header.width, header.height)
            let frames = try checkedFrameCount(header, upload, width: width, height: height)
            let plan = RenditionPlan(width: width, height: height, steps: request.steps)
            let target = request.isReplaced ? width : plan.widths.first ?? min(width, Self.leastWidth)
            let shrink = shrink(from: width, to: target)
            let image = try unsafe pixels(of: bytes, upload, shrink, width: target)
            return Decoded(width: width, height: height, frameCount: frames, image: image)
        }
    }

    /// The frames, when the picture is within all limits.
    private func checkedFrameCount(
        _ image: VipsImage,
        _ upload: Upload,
        width: Int,
        height: Int
    ) throws(WorkerRefusal) -> Int {
        let pixels = width.multipliedReportingOverflow(by: height)
        guard width <= request.sideLimit, height <= request.sideLimit, !pixels.overflow,
            pixels.partialValue <= request.pixelLimit
        else { throw WorkerRefusal(.tooManyPixels, found: [width, height]) }
        let frames = frameCount(image, upload)
        guard frames <= request.frameLimit else { throw WorkerRefusal(.tooManyFrames, found: [frames]) }
        return frames
    }

    /// What the file says and what the decoder finds, whichever is more; further pictures in a HEIC are no frames.
    private func frameCount(_ image: VipsImage, _ upload: Upload) -> Int {
        let counted = FrameCounter(format: request.format).count(in: upload.decoded.span) ?? 1
        switch request.format {
        case .gif, .webp: return max(image.pageCount, counted)
        case .png, .avif: return counted
        case .jpeg, .heic, .tiff, .bmp: return 1
        }
    }

    private func shrink(from width: Int, to target: Int) -> VipsImage.Shrink {
        let ratio = Double(width) / Double(target) / Self.margin
        let factor: Int32 = ratio >= 8 ? 8 : ratio >= 4 ? 4 : ratio >= 2 ? 2 : 1
        return VipsImage.Shrink(factor: factor, scale: min(1, 1 / ratio))
    }

    /// Decodes; a colour profile that cannot be used is left out of account.
    private func pixels(
        of bytes: UnsafeRawBufferPointer,
        _ upload: Upload,
        _ shrink: VipsImage.Shrink,
        width: Int
    ) throws -> VipsImage {
        do {
            return try unsafe pixels(of: bytes, upload, shrink, width: width, keepsProfile: true)
        } catch let failure as VipsFailure where failure.isAboutColors {
            return try unsafe pixels(of: bytes, upload, shrink, width: width, keepsProfile: false)
        }
    }

    private func pixels(
        of bytes: UnsafeRawBufferPointer,
        _ upload: Upload,
        _ shrink: VipsImage.Shrink,
        width: Int,
        keepsProfile: Bool
    ) throws -> VipsImage {
        let stored = try unsafe VipsImage.load(bytes, format: request.format, shrink: shrink)
        let bare = try stored.bare(orientation: upload.header.orientation, keepsProfile: keepsProfile)
        let upright = try bare.thumbnail(width: width).intoMemory()
        return try upright.bare(orientation: .up, keepsProfile: false)
    }

    // MARK: Encoding

    private func smaller(_ image: VipsImage, width: Int) throws -> VipsImage {
        image.width > width ? try image.thumbnail(width: width).intoMemory() : image
    }

    private func emitRendition(_ image: VipsImage) throws {
        let encoded = try image.webp(quality: Self.renditionQuality, effort: Self.renditionEffort)
        try emit(.rendition, image, clean(encoded, .webp), .webp)
    }

    private func emitPicture(_ upload: Upload, _ decoded: Decoded) throws {
        if let bytes = upload.clean {
            let head = FileHead(
                .picture,
                format: request.format,
                width: decoded.width,
                height: decoded.height,
                byteCount: bytes.count
            )
            try hand(head, bytes)
        } else {
            let encoded = try decoded.image.flattened().jpeg(quality: Self.pictureQuality)
            try emit(.picture, decoded.image, clean(encoded, .jpeg), .jpeg)
        }
    }

    /// Debian's libvips 8.14.1 writes metadata into WebP although it is asked not to: what it wrote is stripped, too.
    private func clean(_ encoded: [UInt8], _ format: ImageFormat) throws -> [UInt8] {
        try MetadataStripper(format: format).edits(of: encoded.span).apply(to: encoded.span)
    }

    private func emit(
        _ role: FileHead.Role,
        _ image: VipsImage,
        _ bytes: [UInt8],
        _ format: ImageFormat
    ) throws(WorkerRefusal) {
        try hand(
            FileHead(role, format: format, width: image.width, height: image.height, byteCount: bytes.count),
            bytes
        )
    }

    private func hand(_ head: FileHead, _ bytes: [UInt8]) throws(WorkerRefusal) {
        guard emit(head, bytes) else { throw WorkerRefusal(.unable, words: "nobody takes the files") }
    }

    private func placeholder(of image: VipsImage) throws -> PixelGrid {
        let longest = max(image.width, image.height)
        let width = max(1, image.width * ThumbHash.sideLimit / max(ThumbHash.sideLimit, longest))
        return try smaller(image, width: width).pixels()
    }
}
