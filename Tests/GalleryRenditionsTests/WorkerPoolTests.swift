import Foundation
import GalleryCore
import GalleryRenditions
import GalleryTesting
import ImageMetadata
import Logging
import NIOCore
import Testing
import Thumbnails

@Suite("Workers that decode pictures")
struct WorkerPoolTests {
    private typealias Bench = WorkerBench

    @Test("make the renditions from the widest down, then the picture", arguments: ImageBuilder.Kind.allCases)
    func files(kind: ImageBuilder.Kind) async throws {
        let bytes = ImageBuilder.picture(kind, width: 1400, height: 700)
        try await Bench.withPool { pool in
            let outcome = try await Bench.make(bytes, in: pool)
            let format = try #require(ImageFormat(rawValue: kind.rawValue))
            #expect(
                outcome.kinds == [1280, 640, 320].map { .rendition(width: $0) } + [.picture(format)]
            )
            #expect(outcome.files.last?.bytes == bytes)
            for file in outcome.files.dropLast() {
                let header = try ImageHeader(parsing: file.bytes[...])
                #expect(file.kind == .rendition(width: header.width) && header.format == .webp)
                #expect(header.height * 2 == header.width)
            }
            #expect(outcome.result.width == 1400 && outcome.result.height == 700)
            #expect(outcome.result.renditions.map(\.width) == [320, 640, 1280])
            #expect(outcome.result.frameCount == 1)
            #expect((outcome.result.placeholder?.thumbHash.count ?? 0) >= 5)
        }
    }

    @Test("turn pictures upright and leave nothing private in any file")
    func privacy() async throws {
        var options = ImageBuilder.JPEGOptions()
        options.exif = ExifFixture(orientation: 6, isLittleEndian: true)
        let bytes = ImageBuilder.jpeg(width: 640, height: 320, options: options)
        try await Bench.withPool { pool in
            let outcome = try await Bench.make(bytes, in: pool)
            #expect(outcome.result.width == 320 && outcome.result.height == 640)
            #expect(outcome.result.renditions == [Rendition(width: 320, height: 640)])
            let rendition = try #require(outcome.files.first?.bytes)
            #expect(!rendition.contains("EXIF".utf8) && !rendition.contains("ICCP".utf8))
            #expect(try ImageHeader(parsing: rendition[...]).height == 640)
        }
    }

    @Test(
        "fail with their picture and with no other",
        arguments: [(1001, RenditionError.unreadable), (1003, .unreadable)]
    )
    func faults(width: Int, expected: RenditionError) async throws {
        try await Bench.withPool { pool in
            #expect(await Bench.failure(of: Bench.picture(width: width), in: pool) as? RenditionError == expected)
            let next = try await Bench.make(Bench.picture(width: 300), in: pool)
            #expect(next.result.width == 300)
        }
    }

    @Test("that hang are ended by their processor time, or by the clock", arguments: [(1, 20), (60, 1)])
    func hang(processorSeconds: Int, seconds: Int) async throws {
        try await Bench.withPool {
            $0.seconds = seconds
            $0.budget = .init(memoryByteCount: 256 << 20, seconds: processorSeconds)
        } _: { pool in
            let failure = await Bench.failure(of: Bench.picture(width: 1002), in: pool)
            #expect(failure as? RenditionError == .unreadable)
            let next = try await Bench.make(Bench.picture(width: 300), in: pool)
            #expect(next.result.width == 300)
        }
    }

    @Test("that the system kills get another try, and the third time it is the picture's fault")
    func killed() async throws {
        try await Bench.withPool { pool in
            for _ in 0..<2 {
                let failure = await Bench.failure(of: Bench.picture(width: 1004), in: pool) as? RenditionError
                guard case .unavailable = failure else {
                    Issue.record("\(String(describing: failure))")
                    return
                }
            }
            let last = await Bench.failure(of: Bench.picture(width: 1004), in: pool)
            #expect(last as? RenditionError == .unreadable)
        }
    }

    @Test("are used again, and replaced after so many pictures")
    func many() async throws {
        try await Bench.withPool {
            $0.picturesPerWorker = 20
        } _: { pool in
            for width in 100..<150 {
                let outcome = try await Bench.make(Bench.picture(width: width), in: pool)
                #expect(outcome.result.renditions == [Rendition(width: width, height: 40)])
            }
        }
    }

    @Test("work beside each other, and no more of them than there may be")
    func concurrency() async throws {
        try await Bench.withPool { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for width in 200..<220 {
                    group.addTask { _ = try await Bench.make(Bench.picture(width: width), in: pool) }
                }
                try await group.waitForAll()
            }
            #expect(pool.load.busy == 0 && pool.load.waiting == 0 && pool.load.workers == 2)
        }
    }

    @Test("survive a source that fails, whose error comes out as it is")
    func source() async throws {
        struct Gone: Error {}
        try await Bench.withPool { pool in
            let bytes = Bench.picture(width: 500)
            let header = try ImageHeader(parsing: bytes[...])
            let request = RenditionRequest(header, byteCount: Int64(bytes.count), limits: GalleryLimits())
            await #expect(throws: Gone.self) {
                _ = try await WorkerRenditionMaker(pool).make(request) { write in
                    try await write(ByteBuffer(bytes: bytes.prefix(1000)))
                    throw Gone()
                } publish: { _, _ in
                }
            }
            let next = try await Bench.make(bytes, in: pool)
            #expect(next.result.width == 500)
        }
    }

    @Test("end when nobody waits for their picture any more")
    func cancellation() async throws {
        try await Bench.withPool { pool in
            let outcome = await withTaskGroup(of: (any Error)?.self) { group in
                group.addTask { await Bench.failure(of: Bench.picture(width: 1002), in: pool) }
                while pool.load.busy == 0 { await Task.yield() }
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(outcome is CancellationError)
            #expect(pool.load.busy == 0)
            let next = try await Bench.make(Bench.picture(width: 300), in: pool)
            #expect(next.result.width == 300)
        }
    }

    @Test("refuse what is cut off", arguments: ImageBuilder.Kind.allCases)
    func truncated(kind: ImageBuilder.Kind) async throws {
        let whole = ImageBuilder.picture(kind, width: 400, height: 300)
        try await Bench.withPool { pool in
            for tenth in 5..<10 {
                let part = Array(whole.prefix(whole.count * tenth / 10))
                guard (try? ImageHeader(parsing: part[...])) != nil else { continue }
                #expect(await Bench.failure(of: part, in: pool) as? RenditionError == .unreadable, "\(tenth)/10")
            }
        }
    }

    @Test("say how to get libvips where there is none")
    func missingLibrary() async throws {
        try await Bench.withPool {
            $0.variables["IMGN_LIBVIPS"] = "/nowhere/libvips.so.42"
        } _: { pool in
            do {
                _ = try await pool.prepare()
                Issue.record("there is a libvips")
            } catch RenditionError.unavailable(let words) {
                #expect(words.contains("apt-get install libvips42") && words.contains("IMGN_RENDITIONS=off"))
            }
        }
    }

    @Test("tell that they are confined and limited", .enabled(if: Platform.isLinux))
    func greeting() async throws {
        try await Bench.withPool { pool in
            let greeting = try await pool.prepare()
            #expect(greeting.isConfined && greeting.isLimited && !greeting.library.isEmpty)
        }
    }

    @Test("leave no process behind", .enabled(if: Platform.isLinux))
    func shutdown() async throws {
        var configuration = WorkerConfiguration(workerCount: 1)
        configuration.program = Bench.program
        // A mark that no other test's workers have.
        let mark = "\(UInt64.random(in: .min ... .max))"
        configuration.variables["IMGN_TEST_MARK"] = mark
        let pool = WorkerPool(configuration, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
        _ = try await pool.prepare()
        #expect(Platform.processes(with: mark) == 1)
        await pool.shutDown()
        #expect(Platform.processes(with: mark) == 0)
        await #expect(throws: RenditionError.self) { _ = try await pool.prepare() }
    }

    @Test("take no more pictures than may wait")
    func queue() async throws {
        try await Bench.withPool {
            $0.workerCount = 1
            $0.queueLimit = 0
            $0.seconds = 2
        } _: { pool in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = await Bench.failure(of: Bench.picture(width: 1002), in: pool) }
                while pool.load.busy == 0 { await Task.yield() }
                let failure = await Bench.failure(of: Bench.picture(width: 300), in: pool) as? RenditionError
                #expect(failure == .unavailable("0 pictures wait to be decoded already"))
                group.cancelAll()
            }
        }
    }
}

/// What only some systems can be asked.
private enum Platform {
    static var isLinux: Bool {
        #if os(Linux)
            true
        #else
            false
        #endif
    }

    /// How many processes have a text among their variables.
    static func processes(with mark: String) -> Int {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return folders.count { folder in
            guard Int(folder) != nil, let variables = FileManager.default.contents(atPath: "/proc/\(folder)/environ")
            else { return false }
            return variables.range(of: Data(mark.utf8)) != nil
        }
    }
}
