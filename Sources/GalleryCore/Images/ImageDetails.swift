package import ImageMetadata

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What is shown of a picture beside itself; catalogs keep it as one JSON text.
///
/// It has no place for a position, a serial number or an owner's name: what is not here cannot be told.
package struct ImageDetails: Codable, Hashable, Sendable {
    /// What took it, and how; `nil` when the file did not say.
    package var camera: CameraNotes?
    /// Whether the upload said where it was taken.
    package var hadPosition = false
    /// 1 for a still picture; `nil` when nobody counted.
    package var frameCount: Int?
    /// Narrowest first.
    package var renditions: [Rendition] = []
    package var placeholder: Placeholder?
    /// Which way of making files made these: ``revision`` or an older one; 0 when an imgn did that made none.
    package var revision = 0
    /// When they were made, in seconds since 1970.
    package var madeAt: Int64 = 0

    /// The way of making files that is in use; higher whenever its files differ from those before.
    package static let revision = 1

    package init() {}

    /// What a header and its maker say.
    init(_ header: ImageHeader, _ made: RenditionResult, at now: Date) {
        camera = header.camera.flatMap(CameraNotes.init)
        hadPosition = header.camera?.position != nil
        frameCount = made.frameCount
        renditions = made.renditions
        placeholder = made.placeholder
        revision = Self.revision
        madeAt = Int64(now.timeIntervalSince1970)
    }

    /// Reads what is there: catalogs keep details that an older imgn has written.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        camera = try values.decodeIfPresent(CameraNotes.self, forKey: .camera)
        hadPosition = try values.decodeIfPresent(Bool.self, forKey: .hadPosition) ?? false
        frameCount = try values.decodeIfPresent(Int.self, forKey: .frameCount)
        renditions = try values.decodeIfPresent([Rendition].self, forKey: .renditions) ?? []
        placeholder = try values.decodeIfPresent(Placeholder.self, forKey: .placeholder)
        revision = try values.decodeIfPresent(Int.self, forKey: .revision) ?? 0
        madeAt = try values.decodeIfPresent(Int64.self, forKey: .madeAt) ?? 0
    }

    /// Whether it moves.
    package var isAnimated: Bool { (frameCount ?? 1) > 1 }

    /// The text that catalogs keep; keys in order, so that the same details are the same text.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// Reads a catalog's text; `nil` for anything else.
    package init?(json: String) {
        guard let details = try? JSONDecoder().decode(ImageDetails.self, from: Data(json.utf8)) else { return nil }
        self = details
    }
}

/// One size of a picture, as WebP.
package struct Rendition: Codable, Hashable, Sendable {
    /// Pixels as displayed.
    package let width: Int
    package let height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}

/// A few bytes that look like a picture until it arrives.
package struct Placeholder: Codable, Hashable, Sendable {
    /// A ThumbHash: at most 25 bytes that hold the picture's proportions and its coarsest shapes.
    package let thumbHash: [UInt8]
    /// The colour most of it has: red, green and blue from the highest byte down.
    package let color: UInt32

    package init(thumbHash: [UInt8], color: UInt32) {
        self.thumbHash = thumbHash
        self.color = color & 0xFF_FFFF
    }
}

/// What took a picture, and how: what a camera wrote, as far as it may be shown.
package struct CameraNotes: Codable, Hashable, Sendable {
    package var make: String?
    package var model: String?
    package var lens: String?
    /// Positive.
    package var exposureSeconds: Double?
    /// An f-number; positive.
    package var aperture: Double?
    /// An ISO number; positive.
    package var sensitivity: Int?
    /// Millimetres; positive.
    package var focalLength: Double?
    /// Millimetres that have the same angle of view on film of 35 mm; positive.
    package var focalLengthOn35mm: Int?
    /// The camera's clock, `2019-10-20T18:34:30`, and its distance from UTC where it is known (`+02:00`).
    package var taken: String?

    package init() {}

    /// Takes what may be shown; `nil` when that is nothing.
    package init?(_ camera: CameraData) {
        make = camera.make
        model = camera.model
        lens = camera.lens
        exposureSeconds = camera.exposureSeconds
        aperture = camera.aperture
        sensitivity = camera.sensitivity
        focalLength = camera.focalLength
        focalLengthOn35mm = camera.focalLengthOn35mm
        taken = camera.taken.flatMap(Self.text)
        if self == CameraNotes() { return nil }
    }

    /// EXIF's `2019:10:20 18:34:30` in the form of ISO 8601; `nil` for a clock that was never set.
    private static func text(_ time: CaptureTime) -> String? {
        guard time.isKnown else { return nil }
        let parts = time.text.split(separator: " ")
        guard parts.count == 2 else { return nil }
        return parts[0].replacing(":", with: "-") + "T" + parts[1] + (time.offset ?? "")
    }
}
