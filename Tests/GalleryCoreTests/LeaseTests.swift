import GalleryCore
import GalleryTesting
import Logging
import Synchronization
import Testing

@Suite("Several galleries on one catalog")
struct LeaseTests {
    private func bench() -> (first: GalleryBench, shared: MemoryImageCatalog) {
        let bench = GalleryBench()
        return (bench, MemoryImageCatalog(isShared: true, now: { bench.clock.now }))
    }

    @Test("an upload that another worker looks at is left to it, until it has stopped for a while")
    func takeover() async throws {
        let (bench, shared) = bench()
        let gallery = bench.gallery(on: shared)
        let id = ImageID.random()
        bench.storage.put(ImageBuilder.png(width: 3, height: 3), as: id)
        #expect(try await shared.lease(id, to: .random(), seconds: Gallery.leaseSeconds))
        #expect(try await gallery.ingest(id) == .incoming)
        #expect(try await shared.state(of: id) == nil)
        bench.clock.advance(bySeconds: Double(Gallery.leaseSeconds))
        #expect(try await gallery.ingest(id)?.isFinal == true)
    }

    @Test("a worker that has finished or failed keeps nobody waiting")
    func released() async throws {
        let (bench, shared) = bench()
        let gallery = bench.gallery(on: shared)
        let ids = [ImageID.random(), ImageID.random()]
        bench.storage.put(ImageBuilder.png(width: 3, height: 3), as: ids[0])
        bench.storage.put([1, 2, 3], as: ids[1])
        for id in ids {
            _ = try await gallery.ingest(id)
            #expect(try await shared.lease(id, to: .random(), seconds: 1))
        }
    }

    @Test("of many that are told of an upload at once, one looks at it")
    func once() async throws {
        let (bench, shared) = bench()
        let lines = Lines()
        let galleries = (0..<8).map { _ in bench.gallery(on: shared, logger: lines.logger) }
        let ids = (0..<20).map { _ in ImageID.random() }
        for (seed, id) in ids.enumerated() {
            bench.storage.put(ImageBuilder.png(width: 3, height: 3, seed: UInt64(seed)), as: id)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in ids { for gallery in galleries { group.addTask { _ = try await gallery.ingest(id) } } }
            try await group.waitForAll()
        }
        for id in ids { #expect(try await shared.state(of: id)?.isFinal == true) }
        #expect(lines.ingested.count == ids.count)
        #expect(Set(lines.ingested) == Set(ids.map(\.rawValue)))
    }

    @Test("whoever waits learns of what another process ingested")
    func news() async throws {
        let (bench, shared) = bench()
        let (here, there) = (bench.gallery(on: shared), bench.gallery(on: shared))
        let id = ImageID.random()
        bench.storage.put(ImageBuilder.png(width: 3, height: 3), as: id)
        async let state = here.state(of: id, waiting: .seconds(3600))
        while here.watch.waitedForCount == 0 { await Task.yield() }
        _ = try await there.ingest(id)
        #expect(try await state?.isFinal == true)
    }
}

/// Remembers which uploads a log calls ingested.
private final class Lines: Sendable {
    private let ids = Mutex<[String]>([])

    /// In order.
    var ingested: [String] { ids.withLock { $0 } }

    /// A logger that writes here.
    var logger: Logger { Logger(label: "test", factory: { _ in Handler(lines: self) }) }

    fileprivate func note(_ id: String) { ids.withLock { $0.append(id) } }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            guard event.message == "ingested an upload", let id = event.metadata?["image"] else { return }
            lines.note("\(id)")
        }
    }
}
