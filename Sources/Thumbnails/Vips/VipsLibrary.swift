import CVips
import ImageMetadata

/// libvips, opened in this process.
///
/// Nothing but the loaders named here can be reached: all others, and all that libvips itself does not trust with
/// hostile bytes, are forbidden by name.
struct VipsLibrary {
    /// The version, `8.14.1` say.
    let version: String

    /// File names of the library, where nothing else is said: Linux, then macOS with Homebrew or MacPorts.
    private static let names = [
        "libvips.so.42", "libvips.42.dylib", "/opt/homebrew/lib/libvips.42.dylib", "/usr/local/lib/libvips.42.dylib",
        "/opt/local/lib/libvips.42.dylib",
    ]
    private static let loaders: [ImageFormat: String] = [
        .jpeg: "VipsForeignLoadJpeg", .png: "VipsForeignLoadPng", .webp: "VipsForeignLoadWebp",
        .gif: "VipsForeignLoadNsgif", .heic: "VipsForeignLoadHeif", .avif: "VipsForeignLoadHeif",
        .tiff: "VipsForeignLoadTiff",
    ]

    /// Opens the library.
    ///
    /// - Parameter name: Its file, if it is not where the system looks.
    /// - Throws: ``VipsFailure`` when it cannot be found or started.
    init(named name: String?) throws(VipsFailure) {
        try Self.open(name.map { [$0] } ?? Self.names)
        unsafe cvips_block("VipsForeignLoad", 1)
        version = (Int32(0)..<3).map { "\(cvips_version($0))" }.joined(separator: ".")
    }

    private static func open(_ names: [String]) throws(VipsFailure) {
        var first: VipsFailure?
        for name in names {
            if unsafe cvips_open(name) == 0 { return }
            let failure = VipsFailure()
            first = first ?? failure
        }
        throw first ?? VipsFailure()
    }

    /// Allows the one loader of a format, in this process and for good.
    func unblockLoader(of format: ImageFormat) {
        if let loader = Self.loaders[format] { unsafe cvips_block(loader, 0) }
    }
}

/// That libvips refused something, in its own words.
struct VipsFailure: Error {
    let words: String

    /// Whether it was the colour profile that was refused.
    var isAboutColors: Bool { words.contains("icc") || words.contains("profile") }

    /// Takes the words of the last failure.
    init() {
        words = unsafe String(cString: cvips_error())
    }
}
