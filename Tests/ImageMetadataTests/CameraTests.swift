import GalleryTesting
import ImageMetadata
import Testing

@Suite("camera data", .timeLimit(.minutes(1)))
struct CameraTests {
    private static func jpeg(_ block: [UInt8]) -> [UInt8] {
        JPEGTests.jpeg {
            $0.hasPixels = false
            $0.beforeFrame = ImageBuilder.jpegSegment(0xE1, Array("Exif\0\0".utf8) + block)
        }
    }

    private static func camera(_ entries: [CameraFixture.Entry]) -> CameraData? {
        Reading(jpeg(CameraFixture.block(entries))).header?.camera
    }

    private static func heif(withIdentifier: Bool, leading: Int) -> [UInt8] {
        let identifier = withIdentifier ? Array("Exif\0\0".utf8) : []
        let block = identifier + CameraFixture.block(CameraFixture.full)
        var fixture = MediaFixture()
        fixture.exif = MediaFixture.number(identifier.count, 4) + block
        fixture.trailingByteCount = leading
        return fixture.bytes
    }

    @Test("JPEG, PNG, HEIF and TIFF tell the same of a camera")
    func formats() {
        let block = CameraFixture.block(CameraFixture.full)
        let files = [
            Self.jpeg(block),
            PNGTests.png { $0.beforePixels = ImageBuilder.pngChunk("eXIf", block) },
            Self.heif(withIdentifier: true, leading: 0), Self.heif(withIdentifier: false, leading: 0),
            Self.heif(withIdentifier: true, leading: 3_000_000),
            CameraFixture.block([.init(256, .short(70)), .init(257, .short(30))] + CameraFixture.full),
        ]
        for file in files {
            let reading = Reading(file)
            let camera = reading.header?.camera
            #expect(camera?.make == "Maker")
            #expect(camera?.model == "Model One")
            #expect(camera?.lens == "Lens 50mm")
            #expect(camera?.exposureSeconds == 0.008)
            #expect(camera?.aperture == 2.8)
            #expect(camera?.sensitivity == 200)
            #expect(camera?.focalLength == 50)
            #expect(camera?.focalLengthOn35mm == 75)
            #expect(camera?.taken?.text == "2019:10:20 18:34:30")
            #expect(camera?.taken?.offset == "+02:00")
            #expect(camera?.position?.latitude == -20.5)
            #expect(camera?.position?.longitude == -10.25)
            #expect(reading.ranges.count <= 2)
        }
    }

    @Test("text is cleaned of what cannot be seen, and is no longer than it may be")
    func text() {
        let make: ([UInt8]) -> String? = {
            Self.camera([.init(0x010F, .text($0)), .init(0x0112, .short(1))])?.make
        }
        #expect(make(Array("  <b>&\"x\u{7}\u{202E}y\r\n  \0rest".utf8)) == "<b>&\"xy")
        #expect(make([0x4B, 0xF6, 0x6C, 0x6E, 0]) == "Köln")
        #expect(make(Array("Köln\0".utf8)) == "Köln")
        #expect(make([UInt8](repeating: 0x20, count: 30)) == nil)
        #expect(make([]) == nil)
        #expect(make([UInt8](repeating: 0x41, count: 60_000))?.count == 100)
    }

    @Test("numbers that cannot be are left out")
    func numbers() {
        let camera = Self.camera([
            .init(0x010F, .text(Array("M\0".utf8))),
            .init(
                0x8769,
                .directory([
                    .init(0x829A, .fractions([(1, 0)])), .init(0x829D, .fractions([(0, 1)])), .init(0x8827, .short(0)),
                    .init(0x9003, .text(Array("2019-10-20 18:34:30\0".utf8))), .init(0x920A, .short(5)),
                ])
            ),
            .init(
                0x8825,
                .directory([
                    .init(2, .fractions([(91, 1), (0, 1), (0, 1)])), .init(4, .fractions([(1, 1), (0, 1), (0, 1)])),
                ])
            ),
        ])
        var expected = Self.camera([.init(0x010F, .text(Array("M\0".utf8)))])
        expected = camera.flatMap { _ in expected }
        #expect(camera != nil)
        #expect(camera == expected)
    }

    @Test("a clock that was never set is said to be unknown, and an offset that is none is left out")
    func clock() {
        let taken = Self.camera([
            .init(
                0x8769,
                .directory([
                    .init(0x9003, .text(Array("0000:00:00 00:00:00\0".utf8))),
                    .init(0x9011, .text(Array("Berlin\0".utf8))),
                ])
            )
        ])?.taken
        #expect(taken?.isKnown == false)
        #expect(taken?.offset == nil)
    }

    @Test("directories that point at each other, or past the end, harm nobody")
    func circles() {
        for offset in [0, 8, 10, 0x7FFF_FFFF, 0xFFFF_FFFF] {
            let camera = Self.camera([
                .init(0x010F, .text(Array("M\0".utf8))), .init(0x8769, .long(offset)), .init(0x8825, .long(offset)),
            ])
            #expect(camera?.make == "M")
        }
    }

    @Test(
        "every prefix and every corrupted byte of a block ends in a header",
        arguments: [true, false]
    )
    func hostile(isHEIF: Bool) {
        let file =
            isHEIF
            ? Self.heif(withIdentifier: true, leading: 0)
            : Self.jpeg(CameraFixture.block(CameraFixture.full))
        for byteCount in 0..<file.count { _ = Reading(Array(file.prefix(byteCount))) }
        var changed = file
        for offset in file.indices {
            for value: UInt8 in [0, 1, 2, 0x7F, 0x80, 0xFF, file[offset] &+ 1, file[offset] ^ 0x10] {
                changed[offset] = value
                _ = Reading(changed)
            }
            changed[offset] = file[offset]
        }
    }
}
