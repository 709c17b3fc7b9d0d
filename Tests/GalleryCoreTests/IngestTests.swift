import GalleryCore
import GalleryTesting
import ImageMetadata
import NIOCore
import Testing

@Suite("Ingest")
struct IngestTests {
    @Test("a picture of every kind is published with its dimensions", arguments: ImageBuilder.Kind.allCases)
    func publishes(kind: ImageBuilder.Kind) async throws {
        let bench = GalleryBench()
        let bytes = ImageBuilder.picture(kind, width: 31, height: 17)
        let state = try await bench.ingest(bytes, name: "holiday.bin")
        guard case .ready(let image) = state else {
            Issue.record("not ready: \(String(describing: state))")
            return
        }
        #expect(image.meta == "31x17")
        #expect(image.format.rawValue == kind.rawValue)
        #expect(image.name.description == "holiday.bin")
        let object = try #require(try await bench.storage.published(image.file))
        #expect(image.byteCount == object.byteCount)
        let published = try await object.read(0..<object.byteCount)
        let format = try #require(ImageFormat(rawValue: kind.rawValue))
        let clean = try MetadataStripper(format: format).edits(of: bytes.span).apply(to: bytes.span)
        #expect(Array(published.readableBytesView) == clean)
    }

    @Test("what is private is taken out of the file, and the camera is remembered")
    func strips() async throws {
        let bench = GalleryBench()
        let plain = ImageBuilder.jpeg(width: 31, height: 17)
        let bytes = plain[..<2] + ImageBuilder.jpegSegment(0xE1, Array("Exif\0\0".utf8) + Self.travels) + plain[2...]
        guard case .ready(let image) = try await bench.ingest(Array(bytes)) else {
            Issue.record("not ready")
            return
        }
        #expect(image.details.hadPosition && image.details.camera?.model == "Cam")
        let object = try #require(try await bench.storage.published(image.file))
        let published = Array(try await object.read(0..<object.byteCount).readableBytesView)
        #expect(published == plain)
    }

    /// An EXIF block of a camera at 12° 30′ N, 45° E.
    private static var travels: [UInt8] {
        let entry = { (tag: UInt8, kind: UInt8, count: UInt8, value: [UInt8]) in
            [tag > 0x0F ? (tag == 0x25 ? 0x88 : 1) : 0, tag, 0, kind, 0, 0, 0, count] + value
        }
        let fraction = { (value: UInt8) -> [UInt8] in [0, 0, 0, value, 0, 0, 0, 1] }
        let main = [0, 2] + entry(0x10, 2, 4, Array("Cam\0".utf8)) + entry(0x25, 4, 1, [0, 0, 0, 38]) + [0, 0, 0, 0]
        let place =
            [0, 4] + entry(1, 2, 2, Array("N\0\0\0".utf8)) + entry(2, 5, 3, [0, 0, 0, 92])
            + entry(3, 2, 2, Array("E\0\0\0".utf8)) + entry(4, 5, 3, [0, 0, 0, 116]) + [0, 0, 0, 0]
        let values = [12, 30, 0, 45, 0, 0].flatMap(fraction)
        return Array("MM\0*\0\0\0\u{8}".utf8) + main + place + values
    }

    @Test(
        "what is no picture is refused by name, and nothing is published",
        arguments: [
            ("<!doctype html><script>alert(1)</script>", "HTML"), ("<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
            ("%PDF-1.7", "PDF"), ("just some words, nothing more", "text"),
        ]
    )
    func refusesOthers(text: String, found: String) async throws {
        let bench = GalleryBench()
        let state = try await bench.ingest(Array(text.utf8))
        guard case .rejected(let rejection) = state else {
            Issue.record("not refused: \(String(describing: state))")
            return
        }
        #expect(rejection.reason == .unsupportedType)
        #expect(rejection.detail.contains(found))
        #expect(bench.storage.publishedCount == 0)
        #expect(try await bench.gallery.page(after: nil, limit: 10).images.isEmpty)
    }

    @Test("a damaged picture is refused as unreadable")
    func refusesDamaged() async throws {
        let bench = GalleryBench()
        let png = ImageBuilder.png(width: 10, height: 10)
        let state = try await bench.ingest(Array(png.prefix(20)))
        guard case .rejected(let rejection) = state else {
            Issue.record("not refused")
            return
        }
        #expect(rejection.reason == .unreadable)
    }

    @Test(
        "limits of side and area are checked from the header alone",
        arguments: [(32_768, 1), (1, 32_768), (20_000, 5_001)]
    )
    func refusesTooManyPixels(width: Int, height: Int) async throws {
        let bench = GalleryBench()
        var options = ImageBuilder.PNGOptions()
        options.hasPixels = false
        let state = try await bench.ingest(ImageBuilder.png(width: width, height: height, options: options))
        guard case .rejected(let rejection) = state else {
            Issue.record("not refused")
            return
        }
        #expect(rejection.reason == .tooManyPixels)
        #expect(rejection.detail.contains("\(width) × \(height)"))
    }

    @Test("a picture exactly at the limits is taken")
    func takesTheLargest() async throws {
        let bench = GalleryBench()
        var options = ImageBuilder.PNGOptions()
        options.hasPixels = false
        for (width, height) in [(32_767, 3), (20_000, 5_000)] {
            let state = try await bench.ingest(ImageBuilder.png(width: width, height: height, options: options))
            guard case .ready = state else {
                Issue.record("refused \(width)x\(height)")
                continue
            }
        }
    }

    @Test("an upload over the byte limit that came past the API is refused")
    func refusesTooLarge() async throws {
        let bench = GalleryBench(limits: GalleryLimits(uploadBytes: 100))
        let state = try await bench.ingest(ImageBuilder.png(width: 50, height: 50))
        guard case .rejected(let rejection) = state else {
            Issue.record("not refused")
            return
        }
        #expect(rejection.reason == .tooLarge)
    }

    @Test("the same bytes twice are one picture, and the second id leads to it")
    func duplicates() async throws {
        let bench = GalleryBench()
        let bytes = ImageBuilder.png(width: 4, height: 4)
        let first = try await bench.ingest(bytes, name: "a.png")
        let second = try await bench.ingest(bytes, name: "b.png")
        #expect(first == second)
        #expect(bench.storage.publishedCount == 1)
        #expect(try await bench.gallery.page(after: nil, limit: 10).images.count == 1)
    }

    @Test("the same name twice are two pictures")
    func sameName() async throws {
        let bench = GalleryBench()
        _ = try await bench.ingest(ImageBuilder.png(width: 4, height: 4, seed: 1), name: "a.png")
        _ = try await bench.ingest(ImageBuilder.png(width: 4, height: 4, seed: 2), name: "a.png")
        #expect(try await bench.gallery.page(after: nil, limit: 10).images.count == 2)
    }

    @Test("many calls for one id at once make one picture")
    func concurrentCalls() async throws {
        let bench = GalleryBench()
        let id = ImageID.random()
        let bytes = ImageBuilder.jpeg(width: 40, height: 30)
        bench.storage.put(bytes, as: id)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<32 { group.addTask { _ = try await bench.gallery.ingest(id) } }
            try await group.waitForAll()
        }
        let page = try await bench.gallery.page(after: nil, limit: 10)
        #expect(page.images.map(\.id) == [id])
        let image = try #require(page.images.first)
        #expect(try await bench.storage.published(image.file)?.byteCount == Int64(bytes.count))
    }

    @Test("equal bytes under many ids at once make one picture, and no copy is left behind")
    func concurrentDuplicates() async throws {
        let bench = GalleryBench()
        let bytes = ImageBuilder.gif(width: 9, height: 9)
        let ids = (0..<32).map { _ in ImageID.random() }
        for id in ids { bench.storage.put(bytes, as: id) }
        try await withThrowingTaskGroup(of: ImageState?.self) { group in
            for id in ids { group.addTask { try await bench.gallery.ingest(id) } }
            var states: Set<ImageState?> = []
            for try await state in group { states.insert(state) }
            #expect(states.count == 1)
        }
        #expect(bench.storage.publishedCount == 1)
    }

    @Test("an upload URL works once, also after ingest is through with the upload")
    func spentUploads() async throws {
        let bench = GalleryBench()
        let id = ImageID.random()
        let bytes = ImageBuilder.png(width: 4, height: 4)
        #expect(bench.storage.put(bytes, as: id))
        try await bench.gallery.ingest(id)
        #expect(!bench.storage.put(bytes, as: id))
    }

    @Test("an unknown id is nothing, and stays nothing")
    func unknown() async throws {
        let bench = GalleryBench()
        #expect(try await bench.gallery.ingest(ImageID.random()) == nil)
        #expect(try await bench.gallery.state(of: ImageID.random()) == nil)
    }
}
