import CVips
import ImageMetadata

/// A picture of libvips: its only owner, which gives it back.
@safe final class VipsImage {
    /// How a format's loader is to make the picture smaller while it decodes.
    struct Shrink {
        /// For JPEG: 1, 2, 4 or 8.
        var factor: Int32 = 1
        /// For WebP: at most 1.
        var scale = 1.0
    }

    private let handle: OpaquePointer

    private init(_ handle: OpaquePointer) {
        unsafe self.handle = unsafe handle
    }

    deinit {
        unsafe cvips_release(handle)
    }

    /// Reads a picture's header; its pixels are decoded later, as far as they are needed.
    ///
    /// - Parameters:
    ///   - bytes: The file; must outlive the picture and all that is made of it, until ``intoMemory()``.
    ///   - format: Whose loader to use.
    ///   - shrink: How much smaller.
    /// - Returns: The picture, as it is stored.
    /// - Throws: ``VipsFailure`` when there is no loader for it, or the loader refuses it.
    static func load(
        _ bytes: UnsafeRawBufferPointer,
        format: ImageFormat,
        shrink: Shrink = Shrink()
    ) throws(VipsFailure) -> VipsImage {
        guard let loader = format.loader else { throw VipsFailure() }
        return try unsafe make { out in
            unsafe cvips_load(loader, bytes.baseAddress, bytes.count, shrink.factor, shrink.scale, out)
        }
    }

    var width: Int { Int(unsafe cvips_width(handle)) }
    var height: Int { Int(unsafe cvips_height(handle)) }
    var channels: Int { Int(unsafe cvips_bands(handle)) }
    var hasAlpha: Bool { unsafe cvips_has_alpha(handle) != 0 }
    var hasColorProfile: Bool { unsafe cvips_has_field(handle, "icc-profile-data") != 0 }
    /// The pictures in the file, by its header; 1 when it does not say.
    var pageCount: Int {
        var count: Int32 = 0
        guard unsafe cvips_has_field(handle, "n-pages") != 0, unsafe cvips_get_int(handle, "n-pages", &count) == 0
        else { return 1 }
        return max(1, Int(count))
    }

    /// The same pixels with none of the file's metadata, but an orientation and, if wanted, the colour profile.
    func bare(orientation: ImageOrientation, keepsProfile: Bool) throws(VipsFailure) -> VipsImage {
        let copy = try unsafe Self.make { unsafe cvips_copy(handle, $0) }
        guard let names = unsafe cvips_fields(copy.handle) else { return copy }
        defer { unsafe cvips_free_names(names) }
        var position = 0
        while let name = unsafe names[position] {
            if unsafe !keepsProfile || String(cString: name) != "icc-profile-data" {
                unsafe cvips_remove(copy.handle, name)
            }
            position += 1
        }
        unsafe cvips_set_int(copy.handle, "orientation", Int32(orientation.rawValue))
        return copy
    }

    /// Upright, in sRGB, 8 bits a channel, at most so wide.
    func thumbnail(width: Int) throws(VipsFailure) -> VipsImage {
        let profile = hasColorProfile ? "srgb" : nil
        return try unsafe Self.make { unsafe cvips_thumbnail(handle, Int32(clamping: width), profile, $0) }
    }

    /// Decodes and computes everything that is still to be done.
    func intoMemory() throws(VipsFailure) -> VipsImage {
        try unsafe Self.make { unsafe cvips_into_memory(handle, $0) }
    }

    /// On white, when it is transparent.
    func flattened() throws(VipsFailure) -> VipsImage {
        hasAlpha ? try unsafe Self.make { unsafe cvips_flatten(handle, $0) } : self
    }

    /// As WebP.
    func webp(quality: Int32, effort: Int32) throws(VipsFailure) -> [UInt8] {
        try unsafe Self.bytes { unsafe cvips_save_webp(handle, quality, effort, $0, $1) }
    }

    /// As JPEG.
    func jpeg(quality: Int32) throws(VipsFailure) -> [UInt8] {
        try unsafe Self.bytes { unsafe cvips_save_jpeg(handle, quality, $0, $1) }
    }

    /// All pixels; only for small pictures.
    func pixels() throws(VipsFailure) -> PixelGrid {
        let plain = try unsafe Self.make { unsafe cvips_to_srgb(handle, $0) }
        let bytes = try unsafe Self.bytes { unsafe cvips_pixels(plain.handle, $0, $1) }
        let grid = PixelGrid(width: plain.width, height: plain.height, channels: plain.channels, bytes: bytes)
        guard let grid else { throw VipsFailure() }
        return grid
    }

    private static func make(
        _ operation: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) throws(VipsFailure) -> VipsImage {
        var result: OpaquePointer?
        guard unsafe operation(&result) == 0, let result = unsafe result else { throw VipsFailure() }
        return unsafe VipsImage(result)
    }

    private static func bytes(
        _ operation: (UnsafeMutablePointer<UnsafeMutableRawPointer?>, UnsafeMutablePointer<Int>) -> Int32
    ) throws(VipsFailure) -> [UInt8] {
        var start: UnsafeMutableRawPointer?
        var count = 0
        guard unsafe operation(&start, &count) == 0, let start = unsafe start else { throw VipsFailure() }
        defer { unsafe cvips_free(start) }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}

extension ImageFormat {
    /// The loader of libvips that reads it, if there is one.
    fileprivate var loader: cvips_format? {
        switch self {
        case .jpeg: CVIPS_JPEG
        case .png: CVIPS_PNG
        case .webp: CVIPS_WEBP
        case .gif: CVIPS_GIF
        case .avif, .heic: CVIPS_HEIF
        case .tiff: CVIPS_TIFF
        case .bmp: nil
        }
    }
}
