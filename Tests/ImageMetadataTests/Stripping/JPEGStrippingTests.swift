import GalleryTesting
import ImageMetadata
import Testing

@Suite("stripping JPEG")
struct JPEGStrippingTests {
    private static let secret = "SECRET-51.5N"

    private static func segment(_ marker: UInt8, _ text: String) -> [UInt8] {
        ImageBuilder.jpegSegment(marker, Array(text.utf8))
    }

    @Test("a JPEG with nothing private comes out as it is")
    func clean() {
        let profile = Self.segment(0xE2, "ICC_PROFILE\0\u{1}\u{1}profile")
        let adobe = ImageBuilder.jpegSegment(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1])
        let density = ImageBuilder.jpegSegment(0xE0, Array("JFIF\0".utf8) + [1, 1, 1, 0, 72, 0, 72, 0, 0])
        let cleaning = Cleaning(JPEGTests.jpeg { $0.beforeFrame = density + profile + adobe + [0xFF, 0xFF] })
        #expect(cleaning.isIdentity)
    }

    @Test(
        "what is private goes, before the frame and after it",
        arguments: [
            (0xE1, "http://ns.adobe.com/xap/1.0/\0"), (0xE1, "http://ns.adobe.com/xmp/extension/\0"),
            (0xED, "Photoshop 3.0\0"), (0xE2, "MPF\0"), (0xE2, "FPXR\0"), (0xFE, ""), (0xE0, "JFXX\0\u{10}"),
            (0xE0, "CIFF"), (0xE3, "Meta\0\0"), (0xEB, "JP"), (0xEC, "Ducky"), (0xEF, ""),
        ] as [(UInt8, String)]
    )
    func privateSegments(marker: UInt8, identifier: String) {
        let segment = Self.segment(marker, identifier + Self.secret)
        let plain = JPEGTests.jpeg { _ in }
        #expect(Cleaning(JPEGTests.jpeg { $0.beforeFrame = segment }).bytes == plain)
        #expect(Cleaning(JPEGTests.jpeg { $0.afterFrame = segment + segment }).bytes == plain)
    }

    @Test("of EXIF only the orientation stays, and none at all for a picture that is upright", arguments: 0...9)
    func orientation(value: Int) {
        let file = JPEGTests.jpeg {
            $0.exif = ExifFixture(orientation: value, isLittleEndian: true)
            $0.exif?.trailingByteCount = 5000
            $0.beforeFrame = Self.segment(0xE1, "Exif\0\0" + Self.secret)
        }
        let cleaning = Cleaning(file)
        let exif = (2...8).contains(value) ? ImageBuilder.jpegSegment(0xE1, ExifFixture(orientation: value).bytes) : []
        #expect(cleaning.bytes == [0xFF, 0xD8] + exif + JPEGTests.jpeg { _ in }.dropFirst(2))
    }

    @Test("the thumbnail of JFIF goes, its density stays")
    func thumbnail() {
        let head = Array("JFIF\0".utf8) + [1, 2, 1, 0, 72, 0, 72]
        let file = JPEGTests.jpeg {
            $0.beforeFrame = ImageBuilder.jpegSegment(0xE0, head + [1, 1] + [9, 9, 9])
        }
        let expected = JPEGTests.jpeg { $0.beforeFrame = ImageBuilder.jpegSegment(0xE0, head + [0, 0]) }
        #expect(Cleaning(file).bytes == expected)
    }

    @Test("a second picture and everything else behind the end goes")
    func trailer() {
        let file = JPEGTests.jpeg { _ in }
        let gifar = file + Array("PK\u{3}\u{4}\(Self.secret)".utf8)
        #expect(Cleaning(gifar).bytes == file)
        #expect(Cleaning(file + JPEGTests.jpeg { $0.exif = ExifFixture(orientation: 6) }).bytes == file)
    }

    @Test("a second picture goes even where the first one has no end")
    func missingEnd() {
        let file = Array(JPEGTests.jpeg { _ in }.dropLast(2))
        #expect(Cleaning(file).isIdentity)
        #expect(Cleaning(file + JPEGTests.jpeg { _ in }).bytes == file)
    }

    @Test("segments between scans go, tables and scans stay, with stuffed bytes, restarts and fill bytes")
    func scans() {
        let scan: [UInt8] =
            ImageBuilder.jpegSegment(0xDA, [1, 1, 0, 0, 63, 0]) + [
                0x12, 0xFF, 0x00, 0xFF, 0xD0, 0x34, 0xFF, 0xD7, 0xFF,
            ]
        let table = ImageBuilder.jpegSegment(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 15) + [0])
        let head = Array(JPEGTests.jpeg { $0.hasPixels = false }.dropLast(2))
        let end: [UInt8] = [0xFF, 0xFF, 0xD9]
        let comment = Self.segment(0xFE, Self.secret)
        let dirty = head + scan + comment + table + [1, 2, 3] + comment + scan + end
        #expect(Cleaning(dirty).bytes == head + scan + table + scan + end)
    }

    @Test("stray bytes between segments go")
    func strayBytes() {
        let stray = Array(Self.secret.utf8) + [0xFF, 0x00, 0xFF, 0xD3]
        let table = ImageBuilder.jpegSegment(0xDD, [0, 0])
        let expected = JPEGTests.jpeg { $0.beforeFrame = table }
        #expect(Cleaning(JPEGTests.jpeg { $0.beforeFrame = table + stray }).bytes == expected)
    }

    @Test("a JPEG that never comes to a frame is refused")
    func refused() {
        #expect(Cleaning([0xFF, 0xD8, 0xFF, 0xD9]).error == .malformed(.missingFrame, at: 2))
        #expect(Cleaning([0xFF, 0xD8, 0xFF, 0xDA, 0, 2]).error == .malformed(.missingFrame, at: 2))
        #expect(Cleaning([0xFF, 0xD8, 0xFF, 0xE1, 0, 9]).error == .truncated(at: 6))
        #expect(Cleaning([0xFF, 0xD8, 0xFF, 0xE1, 0, 1]).error == .malformed(.segmentLength, at: 2))
        #expect(Cleaning([0xFF, 0xD8, 0xFF, 0x42, 0, 1], as: .jpeg).error == .malformed(.segmentLength, at: 2))
        #expect(Cleaning([0xFF, 0xD8, 0xFF, 0x42, 0, 2]).error == .malformed(.segmentMarker, at: 2))
        #expect(Cleaning([1, 2, 3], as: .jpeg).error == .unknownFormat(nil))
    }
}
