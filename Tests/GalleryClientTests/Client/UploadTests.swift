import GalleryClient
import NIOHTTP1
import Synchronization
import Testing

/// Three parts: two of 8 MiB, one byte more than a single PUT may have.
private let largeSize = (16 << 20) + 1

@Suite("An upload")
struct UploadTests {
    private func upload(
        size: Int,
        faults: [FakeGallery.Fault] = [],
        to gallery: FakeGallery? = nil
    ) async throws -> (FakeGallery, UploadBench.Result) {
        let gallery = gallery ?? FakeGallery(faults: faults)
        let result = try await TemporaryFolder.with { folder in
            let path = try folder.file("a.png", size: size)
            return try await gallery.run { try await UploadBench(server: $0).upload(path) }
        }
        return (gallery, result)
    }

    @Test("puts a file into the gallery and says where it is", arguments: [1, 300_000, 16 << 20, largeSize])
    func uploads(size: Int) async throws {
        let (gallery, result) = try await upload(size: size)
        #expect(result.outcome.status == .uploaded)
        #expect(result.outcome.picture?.page == "http://g/i/id1")
        #expect(gallery.published.count == 1)
        #expect(result.reading.sent == Int64(size))
        #expect(result.reading.hashed == Int64(size))
        #expect(gallery.partPuts == (size > 16 << 20 ? 3 : 0))
    }

    @Test("does not send what the gallery has", arguments: [1000, largeSize])
    func knows(size: Int) async throws {
        let (gallery, _) = try await upload(size: size)
        let puts = gallery.count(.put) + gallery.partPuts
        let (_, again) = try await upload(size: size, to: gallery)
        #expect(again.outcome.status == .known)
        #expect(again.outcome.picture?.id == "id1")
        #expect(gallery.count(.put) + gallery.partPuts == puts)
    }

    @Test("says why the gallery does not take a picture")
    func rejected() async throws {
        let gallery = FakeGallery()
        gallery.state.withLock { $0.rejection = "It ends in the middle." }
        let (_, result) = try await upload(size: 10, to: gallery)
        #expect(result.outcome == UploadOutcome(.rejected, detail: "It ends in the middle."))
    }

    @Test("does not ask the gallery for an empty file")
    func empty() async throws {
        let (gallery, result) = try await upload(size: 0)
        #expect(result.outcome.status == .failed)
        #expect(gallery.count(.ticket) == 0)
    }

    @Test("signs parts together that are ready together")
    func signsTogether() async throws {
        let (gallery, _) = try await upload(size: largeSize)
        #expect(gallery.state.withLock { $0.signedTogether } == [[1, 2, 3]])
    }

    @Test("passes the gallery's own words on when it refuses the offer")
    func refused() async throws {
        let problem = #"{"status":413,"code":"too-large","detail":"A file may have 5 bytes at most."}"#
        let fault = FakeGallery.Fault(route: .ticket, reaction: .answer(413, problem))
        let (_, result) = try await upload(size: 10, faults: [fault])
        #expect(result.outcome == UploadOutcome(.rejected, detail: "A file may have 5 bytes at most."))
    }
}

@Suite("An upload over a bad line")
struct UploadFaultTests {
    /// A fault that an upload survives, and which requests it costs.
    struct Survived: CustomTestStringConvertible {
        let testDescription: String
        let faults: [FakeGallery.Fault]
        var large = true

        init(_ description: String, large: Bool = true, _ faults: FakeGallery.Fault...) {
            testDescription = description
            self.faults = faults
            self.large = large
        }
    }

    private static let slowDown = FakeReaction.answer(503, "<Error><Code>SlowDown</Code></Error>")
    private static let badDigest = FakeReaction.answer(400, "<Error><Code>BadDigest</Code></Error>")

    static let survived: [Survived] = [
        Survived("a part's URL that is refused once", .init(route: .part(2), reaction: .answer(403, "old"))),
        Survived(
            "a 403 while the body is on its way",
            .init(route: .part(2), moment: .early, reaction: .answer(403, "", headers: ["connection": "close"]))
        ),
        Survived("503 for a minute", .init(route: .part(1), reaction: slowDown, times: 12)),
        Survived(
            "a connection that is cut in mid-body",
            .init(route: .part(3), moment: .early, reaction: .cut, times: 3)
        ),
        Survived("a part whose answer is lost", .init(route: .part(1), moment: .after, reaction: .cut)),
        Survived("a part that arrives damaged once", .init(route: .part(2), reaction: badDigest)),
        Survived("a gallery that restarts", .init(route: .sign, reaction: .cut, times: 5)),
        Survived("a ticket whose answer is lost", .init(route: .ticket, moment: .after, reaction: .cut)),
        Survived("a completion whose answer is lost", .init(route: .complete, moment: .after, reaction: .cut)),
        Survived(
            "a gallery behind a proxy that answers 502",
            .init(route: .state, reaction: .answer(502, "<html>"), times: 4)
        ),
        Survived(
            "a limit of requests",
            .init(route: .sign, reaction: .answer(429, "{}", headers: ["retry-after": "2"]), times: 2)
        ),
        Survived("a single PUT refused once", large: false, .init(route: .put, reaction: .answer(403, ""))),
        Survived("a single PUT whose answer is lost", large: false, .init(route: .put, moment: .after, reaction: .cut)),
        Survived(
            "a single PUT that is cut",
            large: false,
            .init(route: .put, moment: .early, reaction: .cut, times: 3)
        ),
        Survived("a single PUT that arrives damaged once", large: false, .init(route: .put, reaction: badDigest)),
        Survived("nobody hears that a PUT is done", large: false, .init(route: .complete, reaction: .answer(404, ""))),
    ]

    @Test("survives", arguments: survived)
    func survives(_ fault: Survived) async throws {
        let gallery = FakeGallery(faults: fault.faults)
        let size = fault.large ? largeSize : 100_000
        let result = try await TemporaryFolder.with { folder in
            let path = try folder.file("a.png", size: size)
            return try await gallery.run { try await UploadBench(server: $0).upload(path) }
        }
        #expect(result.outcome.status == .uploaded, "\(result.outcome.detail ?? "")")
        #expect(gallery.state.withLock { $0.faults.allSatisfy { $0.times == 0 } }, "the fault happened")
        #expect(gallery.published.count == 1)
        #expect(result.reading.sent == Int64(size))
    }

    /// A fault that no patience helps against.
    struct Fatal: CustomTestStringConvertible {
        let testDescription: String
        let fault: FakeGallery.Fault
        let failure: UploadFailure
    }

    static let fatal: [Fatal] = [
        Fatal(
            testDescription: "a store that refuses every URL",
            fault: .init(route: .part(1), reaction: .answer(403, ""), times: 9),
            failure: .storeRefused(status: 403, code: nil, message: "a fresh URL was refused too")
        ),
        Fatal(
            testDescription: "a line that damages every byte",
            fault: .init(route: .part(1), reaction: badDigest, times: 9),
            failure: .damagedOnTheWay
        ),
        Fatal(
            testDescription: "a store that never comes back",
            fault: .init(route: .part(1), reaction: slowDown, times: .max),
            failure: .gaveUp(reason: "the server answered 503")
        ),
        Fatal(
            testDescription: "a full disk",
            fault: .init(route: .part(1), reaction: .answer(507, "<Error><Code>Full</Code></Error>"), times: 9),
            failure: .storeRefused(status: 507, code: "Full", message: nil)
        ),
    ]

    @Test("ends with a reason", arguments: fatal)
    func ends(_ fatal: Fatal) async throws {
        let gallery = FakeGallery(faults: [fatal.fault])
        let result = try await TemporaryFolder.with { folder in
            let path = try folder.file("a.png", size: largeSize)
            return try await gallery.run { try await UploadBench(server: $0).upload(path) }
        }
        #expect(result.outcome == UploadOutcome(.failed, detail: fatal.failure.description))
    }

    @Test("gives a transfer up that stands still, and sends the part again")
    func stall() async throws {
        let gallery = FakeGallery(faults: [.init(route: .part(2), moment: .early, reaction: .silence)])
        let result = try await TemporaryFolder.with { folder in
            let path = try folder.file("a.png", size: largeSize)
            return try await gallery.run { server in
                var bench = UploadBench(server: server)
                bench.settings.stallTime = .milliseconds(300)
                bench.settings.policy.firstCeiling = .milliseconds(1)
                return try await bench.upload(path, timing: .system)
            }
        }
        #expect(result.outcome.status == .uploaded)
        #expect(gallery.count(.part(2)) == 2)
    }

    @Test("starts over by itself when the store has lost the upload")
    func startsOver() async throws {
        let gone = FakeReaction.answer(404, "<Error><Code>NoSuchUpload</Code></Error>")
        let gallery = FakeGallery(faults: [.init(route: .part(3), reaction: gone)])
        let result = try await TemporaryFolder.with { folder in
            let path = try folder.file("a.png", size: largeSize)
            return try await gallery.run { try await UploadBench(server: $0).upload(path) }
        }
        #expect(result.outcome.status == .uploaded)
        #expect(result.reading.startedOver)
        #expect(gallery.count(.ticket) == 2)
    }

    @Test("sends the parts again that completing misses")
    func missing() async throws {
        let problem = #"{"status":409,"code":"incomplete-upload","detail":"2 is missing.","missing":[2]}"#
        let gallery = FakeGallery(faults: [.init(route: .complete, reaction: .answer(409, problem))])
        let result = try await TemporaryFolder.with { folder in
            let path = try folder.file("a.png", size: largeSize)
            return try await gallery.run { try await UploadBench(server: $0).upload(path) }
        }
        #expect(result.outcome.status == .uploaded)
        #expect(gallery.count(.part(2)) == 2)
        #expect(gallery.partPuts == 4)
    }
}
