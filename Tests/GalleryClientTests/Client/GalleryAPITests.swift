import GalleryClient
import NIOHTTP1
import Synchronization
import Testing

@Suite("The client of the API")
struct GalleryAPITests {
    private func with<Value: Sendable>(
        _ gallery: FakeGallery,
        policy: RetryPolicy = .brisk,
        _ body: @escaping @Sendable (GalleryAPI) async throws -> Value
    ) async throws -> Value {
        try await gallery.run { server in
            try await GalleryAPI.with(server, policy: policy, timing: UploadBench.swiftTiming(), body)
        }
    }

    private func galleryOf(_ count: Int) -> FakeGallery {
        let gallery = FakeGallery()
        gallery.state.withLock { state in
            for number in 0..<count { state.pictures["digest\(number)"] = "id\(number)" }
        }
        return gallery
    }

    @Test("follows the pages of the gallery without gap or repeat")
    func pages() async throws {
        let ids = try await with(galleryOf(5)) { api in
            var ids: [String] = []
            var cursor: String?
            repeat {
                let page = try await api.pictures(after: cursor, limit: 200)
                ids += page.images.map(\.id)
                cursor = page.next
            } while cursor != nil
            return ids
        }
        #expect(ids == ["id4", "id3", "id2", "id1", "id0"])
    }

    @Test("removes a picture with its own token, and passes a refusal on")
    func removes() async throws {
        let gallery = galleryOf(2)
        try await with(gallery) { api in
            await #expect(throws: GalleryClientError.self) { try await api.remove("id0", token: "delete-id1") }
            try await api.remove("id1", token: "delete-id1")
        }
        #expect(Array(gallery.published.values) == ["id0"])
    }

    @Test("gives an upload up when it is told to")
    func aborts() async throws {
        let gallery = FakeGallery()
        try await with(gallery) { api in
            let offer = UploadOffer(name: "a.png", type: "image/png", size: 20 << 20, sha256: "digest")
            guard case .multipart(let ticket) = try await api.requestUpload(offer) else {
                Issue.record("a large file goes in parts")
                return
            }
            #expect(ticket.multipart.partCount == 3)
            try await api.abort(token: ticket.token)
            await #expect(throws: GalleryClientError.self) { try await api.storedParts(token: ticket.token) }
        }
    }

    @Test("tells a refusal from what is no gallery")
    func answers() async throws {
        let fault = FakeGallery.Fault(route: .page, reaction: .answer(200, "<html>"))
        await #expect(throws: GalleryClientError.notAGallery(reason: "its answer is no PicturePage")) {
            try await with(FakeGallery(faults: [fault])) { try await $0.pictures(limit: 1) }
        }
        let plain = FakeGallery.Fault(route: .page, reaction: .answer(404, "<html>"))
        await #expect {
            try await with(FakeGallery(faults: [plain])) { try await $0.pictures(limit: 1) }
        } throws: { error in
            (error as? GalleryClientError)?.code == .unknown
        }
    }

    @Test("asks again while a gallery is not well, and says so")
    func triesAgain() async throws {
        let troubles = Mutex<[String]>([])
        let gallery = FakeGallery(faults: [.init(route: .health, reaction: .answer(503, "{}"), times: 3)])
        try await gallery.run { server in
            try await GalleryAPI.with(server, timing: UploadBench.swiftTiming()) { api in
                var api = api
                api.onTrouble = { trouble in troubles.withLock { $0.append(trouble) } }
                try await api.reach()
            }
        }
        #expect(gallery.count(.health) == 4)
        #expect(troubles.withLock { $0 } == Array(repeating: "the server answered 503", count: 3))
    }

    @Test("does not ask again when the gallery has refused")
    func doesNotInsist() async throws {
        let problem = #"{"status":403,"code":"expired","detail":"Too late."}"#
        let gallery = FakeGallery(faults: [.init(route: .list, reaction: .answer(403, problem), times: 9)])
        await #expect(throws: GalleryClientError.refused(.init(status: 403, code: .expired, detail: "Too late."))) {
            try await with(gallery) { try await $0.storedParts(token: "t") }
        }
        #expect(gallery.count(.list) == 1)
    }

    @Test("gives up on a gallery that stays away, and does not wait longer than it has patience")
    func givesUp() async throws {
        let busy = FakeReaction.answer(429, "{}", headers: ["retry-after": "3600"])
        let gallery = FakeGallery(faults: [.init(route: .health, reaction: busy, times: 9)])
        await #expect(throws: GalleryClientError.unreachable(reason: "too many requests")) {
            try await with(gallery) { try await $0.reach() }
        }
        #expect(gallery.count(.health) == 1)
        let nowhere = try #require(ServerAddress("http://127.0.0.1:1"))
        await #expect(throws: GalleryClientError.unreachable(reason: "Connection refused")) {
            try await GalleryAPI.with(nowhere, timing: UploadBench.swiftTiming()) { try await $0.reach() }
        }
    }

    @Test("keeps a token that has every character of a URL whole")
    func tokens() async throws {
        let gallery = FakeGallery()
        let upload = FakeGallery.Upload(id: "id1", size: 20 << 20, sha256: nil)
        gallery.state.withLock { $0.uploads["a+b/c=d&e f%20?#ü"] = upload }
        let stored = try await with(gallery) { try await $0.storedParts(token: "a+b/c=d&e f%20?#ü") }
        #expect(stored.partCount == 3)
    }
}
