import Foundation
import GalleryCore
import GalleryTesting
import ImageMetadata

@testable import GalleryWeb

/// Pictures with all that can be known of them.
enum SampleImage {
    /// A hash that says that parts are transparent.
    static let translucentHash: [UInt8] = [0x20, 0xf8, 0x85, 0x13, 0x88, 0x46, 0x84]
    static let opaqueHash: [UInt8] = [0x1f, 0x08, 0x0a, 0x65, 0x9a, 0x73, 0x7d]

    /// A picture with those of the renditions that are narrower, a placeholder, and a camera's notes.
    static func make(
        _ format: ImageFormat = .jpeg,
        _ width: Int = 4032,
        _ height: Int = 3024,
        byteCount: Int64 = 3_565_158,
        change: (inout ImageDetails) -> Void = { _ in }
    ) throws -> GalleryImage {
        var details = ImageDetails()
        details.renditions = RenditionRequest.widths.filter { $0 < width }.map {
            Rendition(width: $0, height: max(1, height * $0 / width))
        }
        details.placeholder = Placeholder(thumbHash: opaqueHash, color: 0x0A65FF)
        details.frameCount = 1
        var camera = CameraNotes()
        camera.make = "Canon"
        camera.model = "Canon EOS R5"
        camera.sensitivity = 100
        camera.focalLengthOn35mm = 50
        camera.taken = "2019-10-20T18:34:30+02:00"
        details.camera = camera
        details.hadPosition = true
        change(&details)
        guard let id = ImageID("abcdefghijkm"), let digest = ContentDigest(bytes: [UInt8](repeating: 7, count: 32))
        else {
            throw CancellationError()
        }
        return GalleryImage(
            id: id,
            name: FileName("cat.jpg"),
            header: (format, width, height),
            content: (byteCount, digest),
            createdAt: FixedClock().now,
            details: details
        )
    }

    /// Addresses as paths, or below `https://pictures.example`.
    static var links: Links {
        Links(publicURL: "https://pictures.example", storage: MemoryImageStorage(now: { FixedClock().now }))
    }
}
