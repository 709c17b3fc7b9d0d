import GalleryClient
import Synchronization
import Testing

private let largeSize = 40 << 20

@Suite("An upload that was interrupted")
struct ResumeTests {
    /// Runs an upload that dies at part 4, then another run.
    private func interrupted(
        between: @escaping @Sendable (FakeGallery, String) throws -> Void = { _, _ in }
    ) async throws -> (FakeGallery, [UploadBench.Result]) {
        let refusal = FakeReaction.answer(400, "<Error><Code>InvalidRequest</Code></Error>")
        let gallery = FakeGallery(faults: [.init(route: .part(4), reaction: refusal)])
        return try await TemporaryFolder.with { folder in
            let path = try folder.file("a.png", size: largeSize)
            return try await gallery.run { server in
                var bench = UploadBench(server: server, journal: UploadJournal(folder: folder.path + "/state"))
                bench.settings.parallel = 1
                let first = try await bench.upload(path)
                try between(gallery, path)
                return (gallery, [first, try await bench.upload(path)])
            }
        }
    }

    @Test("sends only the parts that are missing")
    func goesOn() async throws {
        let (gallery, results) = try await interrupted { gallery, _ in
            #expect(gallery.partPuts == 4)
        }
        #expect(results.map(\.outcome.status) == [.failed, .uploaded])
        #expect(gallery.partPuts == 4 + 2)
        #expect(gallery.count(.ticket) == 1)
        #expect(results[1].reading.spared == 24 << 20)
        #expect(results[1].reading.sent == Int64(largeSize))
        #expect(results[1].reading.transferred == 16 << 20)
    }

    @Test("starts over when the gallery no longer knows it, and says so")
    func startsOver() async throws {
        let (gallery, results) = try await interrupted { gallery, _ in
            gallery.state.withLock { $0.uploads = [:] }
        }
        #expect(results[1].outcome.status == .uploaded)
        #expect(results[1].reading.startedOver)
        #expect(gallery.count(.ticket) == 2)
        #expect(gallery.partPuts == 4 + 5)
    }

    @Test("starts over when the token's life is over")
    func expired() async throws {
        let problem = #"{"status":403,"code":"expired","detail":"The upload took too long."}"#
        let (gallery, results) = try await interrupted { gallery, _ in
            gallery.state.withLock { $0.faults.append(.init(route: .list, reaction: .answer(403, problem))) }
        }
        #expect(results[1].outcome.status == .uploaded)
        #expect(gallery.count(.ticket) == 2)
    }

    @Test("sends nothing of another file at the same place")
    func otherFile() async throws {
        let (gallery, results) = try await interrupted { _, path in
            let folder = TemporaryFolder(path: String(path.dropLast("/a.png".count)))
            try folder.file("a.png", size: largeSize, seed: 77)
        }
        #expect(results[1].outcome.status == .uploaded)
        #expect(gallery.count(.ticket) == 2)
        #expect(gallery.count(.list) == 0)
    }

    @Test("is settled when everything was sent and only the news is missing")
    func alreadyComplete() async throws {
        let (gallery, results) = try await interrupted { gallery, _ in
            gallery.state.withLock { state in
                for token in state.uploads.keys { state.uploads[token]?.isComplete = true }
            }
        }
        #expect(results[1].outcome.status == .uploaded)
        #expect(gallery.count(.ticket) == 1)
        #expect(gallery.partPuts == 4)
    }
}
