import GalleryCore
import GalleryTesting
import Logging
import Synchronization
import Testing

@Suite("The ingest worker")
struct IngestWorkerTests {
    private func worker(_ bench: GalleryBench, _ signals: IngestSignals) -> IngestWorker {
        IngestWorker(
            gallery: bench.gallery,
            signals: signals,
            configuration: IngestWorker.Configuration(concurrency: 3, sweepInterval: .seconds(3600)),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    @Test("what was uploaded before a crash is ingested by the first sweep")
    func sweep() async throws {
        let bench = GalleryBench()
        for seed in 0..<20 {
            bench.storage.put(ImageBuilder.png(width: 3, height: 3, seed: UInt64(seed)), as: .random())
        }
        try await worker(bench, IngestSignals()).sweep()
        #expect(try await bench.gallery.page(after: nil, limit: 100).images.count == 20)
        #expect(try await bench.storage.incomingIDs(after: nil, limit: 100).isEmpty)
    }

    @Test("a store that does not let us tidy up keeps no picture waiting, and the sweep says that it failed")
    func refusedTidying() async throws {
        let bench = GalleryBench()
        bench.storage.put(ImageBuilder.png(width: 3, height: 3), as: .random())
        bench.storage.refuseTidying(.storageFull)
        await #expect(throws: GalleryError.self) { try await worker(bench, IngestSignals()).sweep() }
        #expect(try await bench.gallery.page(after: nil, limit: 1).images.count == 1)
    }

    @Test("signalled uploads are ingested, and the run ends when the signals end")
    func signals() async throws {
        let bench = GalleryBench()
        let signals = IngestSignals()
        let ids = (0..<10).map { _ in ImageID.random() }
        async let run: Void = worker(bench, signals).run()
        for (seed, id) in ids.enumerated() {
            bench.storage.put(ImageBuilder.png(width: 3, height: 3, seed: UInt64(seed)), as: id)
            signals.uploadArrived(id)
        }
        signals.finish()
        await run
        #expect(try await bench.gallery.page(after: nil, limit: 100).images.count == 10)
    }

    @Test("keys of spent uploads are freed only when no ticket can be alive")
    func spent() async throws {
        let bench = GalleryBench()
        let id = ImageID.random()
        let bytes = ImageBuilder.png(width: 3, height: 3)
        bench.storage.put(bytes, as: id)
        try await bench.gallery.ingest(id)
        let worker = worker(bench, IngestSignals())
        bench.clock.advance(bySeconds: 300)
        try await worker.sweep()
        #expect(!bench.storage.put(bytes, as: id))
        bench.clock.advance(bySeconds: 601)
        try await worker.sweep()
        #expect(bench.storage.put(bytes, as: id))
    }

    @Test("an upload that is told of again and again is looked at by one task at a time")
    func oneAtATime() async throws {
        let bench = GalleryBench()
        let catalog = CrowdedCatalog(catalog: bench.catalog)
        let gallery = Gallery(
            ports: (catalog, bench.storage),
            limits: GalleryLimits(),
            access: (TicketSeal(secret: Array("0123456789abcdef".utf8)), nil),
            signals: nil,
            logger: bench.gallery.testLogger,
            now: { bench.clock.now }
        )
        let signals = IngestSignals()
        let id = ImageID.random()
        bench.storage.put(ImageBuilder.png(width: 3, height: 3), as: id)
        for _ in 0..<9 { signals.uploadArrived(id) }
        signals.finish()
        await IngestWorker(gallery: gallery, signals: signals, logger: bench.gallery.testLogger).run()
        #expect(catalog.crowd.withLock { $0.most } == 1)
        #expect(try await gallery.page(after: nil, limit: 9).images.map(\.id) == [id])
    }
}

/// A catalog that takes its time with the question for known bytes, and counts who asks at once.
private final class CrowdedCatalog: ImageCatalog {
    let catalog: MemoryImageCatalog
    let crowd = Mutex((now: 0, most: 0))

    init(catalog: MemoryImageCatalog) {
        self.catalog = catalog
    }

    func lead(
        _ id: ImageID,
        to digest: ContentDigest,
        of owner: OwnerID?
    ) async throws(GalleryError) -> GalleryImage? {
        crowd.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        for _ in 0..<1000 { await Task.yield() }
        defer { crowd.withLock { $0.now -= 1 } }
        return try await catalog.lead(id, to: digest, of: owner)
    }

    func image(with digest: ContentDigest, of owner: OwnerID?) async throws(GalleryError) -> GalleryImage? {
        try await catalog.image(with: digest, of: owner)
    }

    func publish(_ image: GalleryImage) async throws(GalleryError) -> GalleryImage { try await catalog.publish(image) }

    func bind(_ id: ImageID, to owner: OwnerID) async throws(GalleryError) {
        try await catalog.bind(id, to: owner)
    }

    func owner(of id: ImageID) async throws(GalleryError) -> OwnerID? {
        try await catalog.owner(of: id)
    }

    var isShared: Bool { catalog.isShared }

    func lease(_ id: ImageID, to worker: WorkerID, seconds: Int) async throws(GalleryError) -> Bool {
        try await catalog.lease(id, to: worker, seconds: seconds)
    }

    func release(_ id: ImageID, by worker: WorkerID) async throws(GalleryError) {
        try await catalog.release(id, by: worker)
    }

    func reject(_ id: ImageID, _ rejection: Rejection) async throws(GalleryError) {
        try await catalog.reject(id, rejection)
    }

    func update(_ image: GalleryImage) async throws(GalleryError) -> Bool { try await catalog.update(image) }

    func remove(_ id: ImageID) async throws(GalleryError) { try await catalog.remove(id) }

    func state(of id: ImageID) async throws(GalleryError) -> ImageState? { try await catalog.state(of: id) }

    func page(after cursor: PageCursor?, limit: Int) async throws(GalleryError) -> ImagePage {
        try await catalog.page(after: cursor, limit: limit)
    }
}
