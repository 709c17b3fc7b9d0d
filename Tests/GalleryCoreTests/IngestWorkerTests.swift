import GalleryCore
import GalleryTesting
import Logging
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
}
