import GalleryCore
import GalleryTesting
import Testing

@Suite("Objects that a store tells of")
struct NoticeTests {
    private let signals = IngestSignals()

    private func noticed(_ addresses: [ObjectAddress]) async -> (count: Int, ids: [ImageID]) {
        let count = GalleryBench(signals: signals).gallery.noticeUploads(at: addresses)
        signals.finish()
        var ids: [ImageID] = []
        for await id in signals.ids { ids.append(id) }
        return (count, ids)
    }

    private func address(_ key: String, bucket: String = "memory") -> ObjectAddress {
        ObjectAddress(bucket: bucket, key: key)
    }

    @Test("an upload is handed to ingest, once, however often it is told")
    func once() async {
        let id = ImageID.random()
        let (count, ids) = await noticed([address("incoming/\(id)"), address("incoming/\(id)")])
        #expect(count == 1 && ids == [id])
    }

    @Test("other buckets, other folders and what is no id are left alone")
    func others() async {
        let id = ImageID.random()
        let (count, ids) = await noticed([
            address("incoming/\(id)", bucket: "other"), address("images/\(id)"), address("\(id)"),
            address("x/incoming/\(id)"), address("incoming/\(id)/x"), address("incoming/x\(id)"), address("incoming/"),
            address("incoming/probe-1"), address(""),
        ])
        #expect(count == 0 && ids.isEmpty)
    }

    @Test("what is told of an upload that never was, or was looked at already, changes nothing")
    func late() async throws {
        let bench = GalleryBench()
        let bytes = ImageBuilder.png(width: 3, height: 2)
        let id = ImageID.random()
        bench.storage.put(bytes, as: id)
        let first = try await bench.gallery.ingest(id)
        #expect(try await bench.gallery.ingest(id) == first && first != nil)
        #expect(try await bench.gallery.ingest(.random()) == nil)
        #expect(bench.storage.publishedCount == 1)
    }
}
