import GalleryCore
package import ImageMetadata

/// How uploads become pictures.
///
/// | variable | type | default |
/// |---|---|---|
/// | `IMGN_RENDITIONS` | `on` or `off` | `on` |
/// | `IMGN_TIFF` | `on` or `off` | `off` |
/// | `IMGN_KEEP_ORIGINALS` | `on` or `off` | `off` |
/// | `IMGN_DECODE_MEMORY` | bytes | `1GiB` |
/// | `IMGN_DECODE_TIMEOUT` | duration | `30s` |
package struct IngestSettings: Sendable {
    /// Whether pictures are decoded, for renditions and for formats that browsers do not show.
    package let makesRenditions: Bool
    /// Whether TIFF is welcome, too: its decoder has a bad record.
    package let takesTIFF: Bool
    /// Whether uploads are kept as they came, where nobody but the store's owner can read them.
    package let keepsOriginals: Bool
    /// Bytes that decoding one picture may take.
    package let decodeMemory: Int64
    /// How long decoding one picture may take.
    package let decodeTimeout: Duration

    init(_ reader: inout SettingsReader) {
        makesRenditions = Self.flag("IMGN_RENDITIONS", default: true, &reader)
        takesTIFF = Self.flag("IMGN_TIFF", default: false, &reader)
        keepsOriginals = Self.flag("IMGN_KEEP_ORIGINALS", default: false, &reader)
        decodeMemory = reader.read(
            nil,
            "IMGN_DECODE_MEMORY",
            default: 1 << 30,
            expected: "a size like 1GiB, 256MiB at least"
        ) {
            ByteSize.parse($0).flatMap { $0 >= 256 << 20 ? $0 : nil }
        }
        decodeTimeout = reader.read(
            nil,
            "IMGN_DECODE_TIMEOUT",
            default: .seconds(30),
            expected: "a time like 30s",
            parse: TimeSpan.parse
        )
        if takesTIFF, !makesRenditions {
            reader.note("IMGN_TIFF is on, but no browser shows TIFF: it needs IMGN_RENDITIONS to be on")
        }
    }

    /// The formats that are welcome: without a decoder those that browsers show as they are.
    package var formats: Set<ImageFormat> {
        let formats = takesTIFF ? GalleryLimits().formats.union([.tiff]) : GalleryLimits().formats
        return makesRenditions ? formats : formats.intersection(PlainMaker().formats)
    }

    private static func flag(_ name: String, default: Bool, _ reader: inout SettingsReader) -> Bool {
        reader.read(nil, name, default: `default`, expected: "on or off") { text in
            switch text {
            case "on": true
            case "off": false
            default: nil
            }
        }
    }
}
