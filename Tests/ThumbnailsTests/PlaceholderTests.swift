import Testing

@testable import Thumbnails

@Suite("What is shown until a picture arrives")
struct PlaceholderTests {
    /// A picture by a rule that is easy to write in any language.
    private func grid(_ width: Int, _ height: Int, isOpaque: Bool) -> PixelGrid? {
        var bytes: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let alpha = isOpaque ? 255 : (x * 19 + y * 7) % 256
                let color = [(x * 37 + y * 11) % 256, (x * 5 + y * 29 + 90) % 256, (x * x + y * y * 3) % 256, alpha]
                bytes += color.map { UInt8($0) }
            }
        }
        return PixelGrid(width: width, height: height, channels: 4, bytes: bytes)
    }

    /// The hashes are those of the Python package thumbhash 0.1.2 for the same pixels.
    @Test(
        "is a ThumbHash that another program makes, too",
        arguments: [
            (
                16, 12, true,
                [95, 232, 5, 37, 138, 97, 9, 148, 52, 71, 197, 43, 121, 26, 151, 131, 95, 238, 159, 69, 5]
            ),
            (
                9, 14, false,
                [
                    159, 200, 133, 27, 6, 39, 122, 128, 212, 22, 121, 72, 139, 191, 148, 6, 128, 119, 131, 120, 135,
                    120, 120,
                ]
            ),
            (100, 60, true, [31, 8, 2, 4, 128, 70, 201, 70, 84, 132, 48, 81, 99, 163, 155, 252, 92, 73, 96]),
            (33, 100, true, [31, 248, 1, 2, 0, 101, 100, 102, 21, 64, 71, 25, 72, 223, 158, 107, 2]),
        ] as [(Int, Int, Bool, [UInt8])]
    )
    func hash(width: Int, height: Int, isOpaque: Bool, expected: [UInt8]) throws {
        #expect(ThumbHash.bytes(of: try #require(grid(width, height, isOpaque: isOpaque))) == expected)
    }

    @Test("is no hash for what is larger than 100 pixels, and one for a single pixel")
    func sizes() throws {
        #expect(ThumbHash.bytes(of: try #require(grid(101, 1, isOpaque: true))).isEmpty)
        let white = try #require(PixelGrid(width: 1, height: 1, channels: 3, bytes: [255, 255, 255]))
        #expect(ThumbHash.bytes(of: white).first == 63)
    }

    @Test("is the colour that most pixels have; those that cannot be seen do not count")
    func color() throws {
        let mostlyRed: [UInt8] = [250, 10, 20, 0, 0, 255, 250, 12, 20, 0, 255, 0, 248, 14, 20]
        let grid = try #require(PixelGrid(width: 5, height: 1, channels: 3, bytes: mostlyRed))
        #expect(DominantColor.of(grid) == [249, 12, 20])
        let hidden = try #require(
            PixelGrid(width: 3, height: 1, channels: 4, bytes: [9, 9, 9, 0, 9, 9, 9, 0, 1, 2, 3, 255])
        )
        #expect(DominantColor.of(hidden) == [1, 2, 3])
        let nothing = try #require(PixelGrid(width: 1, height: 1, channels: 4, bytes: [9, 9, 9, 0]))
        #expect(DominantColor.of(nothing) == [255, 255, 255])
    }

    @Test("is not made of pixels that do not fit their sides")
    func misfits() {
        #expect(PixelGrid(width: 2, height: 2, channels: 3, bytes: [1, 2, 3]) == nil)
        #expect(PixelGrid(width: 0, height: 2, channels: 3, bytes: []) == nil)
        #expect(PixelGrid(width: 1, height: 1, channels: 1, bytes: [1]) == nil)
    }
}

@Suite("The widths of renditions")
struct RenditionPlanTests {
    @Test(
        "are the steps up to the picture's own width, and that one where the next step below is much narrower",
        arguments: [
            (4032, 3024, [2048, 1280, 640, 320]), (2048, 100, [2048, 1280, 640, 320]),
            (2047, 9, [2047, 1280, 640, 320]),
            (1500, 9, [1280, 640, 320]), (1601, 9, [1601, 1280, 640, 320]), (1000, 9, [1000, 640, 320]),
            (700, 9, [640, 320]), (320, 9, [320]), (319, 9, [319]), (1, 1, [1]),
        ] as [(Int, Int, [Int])]
    )
    func widths(width: Int, height: Int, expected: [Int]) {
        let plan = RenditionPlan(width: width, height: height, steps: [320, 640, 1280, 2048])
        #expect(plan.widths == expected)
    }

    @Test("are none that would be higher than WebP can be")
    func heights() {
        let steps = [320, 640, 1280, 2048]
        #expect(RenditionPlan(width: 2048, height: 32_767, steps: steps).widths == [640, 320])
        #expect(RenditionPlan(width: 10, height: 20_000, steps: steps).widths.isEmpty)
    }
}
