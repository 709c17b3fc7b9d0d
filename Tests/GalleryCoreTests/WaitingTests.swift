import GalleryCore
import GalleryTesting
import Testing

@Suite("Waiting for a picture")
struct WaitingTests {
    @Test("whoever waits is woken by ingest")
    func wakes() async throws {
        let bench = GalleryBench()
        let id = ImageID.random()
        async let state = bench.gallery.state(of: id, waiting: .seconds(3600))
        while bench.gallery.watch.waitedForCount == 0 { await Task.yield() }
        bench.storage.put(ImageBuilder.png(width: 3, height: 3), as: id)
        try await bench.gallery.ingest(id)
        guard case .ready = try await state else {
            Issue.record("not woken")
            return
        }
    }

    @Test("a final state is answered at once")
    func final() async throws {
        let bench = GalleryBench()
        let id = ImageID.random()
        bench.storage.put(ImageBuilder.png(width: 3, height: 3), as: id)
        try await bench.gallery.ingest(id)
        #expect(try await bench.gallery.state(of: id, waiting: .seconds(3600))?.isFinal == true)
    }

    @Test("after the wait the answer is what is known then")
    func patience() async throws {
        let bench = GalleryBench()
        let id = ImageID.random()
        #expect(try await bench.gallery.state(of: id, waiting: .milliseconds(1)) == nil)
        bench.storage.put([1, 2, 3], as: id)
        #expect(try await bench.gallery.state(of: id, waiting: .milliseconds(1)) == .incoming)
    }

    @Test("whoever waits for an upload that nobody has told of has ingest look at it")
    func tells() async throws {
        let signals = IngestSignals()
        let bench = GalleryBench(signals: signals)
        let (there, absent) = (ImageID.random(), ImageID.random())
        bench.storage.put([1, 2, 3], as: there)
        for id in [there, absent] { _ = try await bench.gallery.state(of: id, waiting: .milliseconds(1)) }
        signals.finish()
        var told: [ImageID] = []
        for await id in signals.ids { told.append(id) }
        #expect(told == [there])
    }

    @Test("nobody is remembered after the wait")
    func forgets() async throws {
        let bench = GalleryBench()
        _ = try await bench.gallery.state(of: ImageID.random(), waiting: .milliseconds(1))
        #expect(bench.gallery.watch.waitedForCount == 0)
    }
}
