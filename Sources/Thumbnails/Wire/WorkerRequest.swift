package import ImageMetadata

/// What the server asks a worker for.
package struct WorkerRequest: Equatable, Sendable {
    /// What the upload's header says it is; no other decoder is tried.
    package let format: ImageFormat
    /// Length of the upload in bytes.
    package let byteCount: Int
    /// The most pixels, width times height.
    package let pixelLimit: Int
    /// The most pixels of a side.
    package let sideLimit: Int
    /// The most frames of an animation.
    package let frameLimit: Int
    /// The widths of renditions, ascending; see ``RenditionPlan``.
    package let steps: [Int]

    package init(
        format: ImageFormat,
        byteCount: Int,
        limits: (pixels: Int, side: Int, frames: Int),
        steps: [Int]
    ) {
        self.format = format
        self.byteCount = byteCount
        pixelLimit = limits.pixels
        sideLimit = limits.side
        frameLimit = limits.frames
        self.steps = steps
    }

    /// Reads a request.
    package init(reading payload: [UInt8]) throws(WireFlaw) {
        var fields = FieldReader(payload)
        let format = try ImageFormat(wireCode: fields.byte())
        let byteCount = try fields.number64()
        let limits = (
            pixels: try fields.number64(), side: Int(try fields.number32()), frames: Int(try fields.number32())
        )
        var steps: [Int] = []
        for _ in 0..<(try fields.byte()) { steps.append(Int(try fields.number32())) }
        try fields.end()
        guard steps.allSatisfy({ $0 > 0 }), steps == steps.sorted() else { throw .badField }
        self.init(format: format, byteCount: byteCount, limits: limits, steps: steps)
    }

    /// The request as it is sent.
    package var payload: [UInt8] {
        var fields = FieldWriter()
        fields.byte(format.wireCode)
        fields.number64(byteCount)
        fields.number64(pixelLimit)
        fields.number32(sideLimit)
        fields.number32(frameLimit)
        fields.byte(UInt8(clamping: steps.count))
        for step in steps.prefix(255) { fields.number32(step) }
        return fields.bytes
    }

    /// Whether browsers cannot show the format, so that a JPEG is made of it.
    package var isReplaced: Bool { format == .heic || format == .tiff || format == .bmp }
}

extension ImageFormat {
    /// The format's number between server and worker, which are of one build: its place in the list.
    var wireCode: UInt8 { UInt8(clamping: Self.allCases.firstIndex(of: self) ?? 0) }

    init(wireCode: UInt8) throws(WireFlaw) {
        guard Self.allCases.indices.contains(Int(wireCode)) else { throw .badField }
        self = Self.allCases[Int(wireCode)]
    }
}
