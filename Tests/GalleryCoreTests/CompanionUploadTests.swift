import Foundation
import GalleryCore
import GalleryTesting
import Testing

@Suite("Uploads by Uppy's protocol")
struct CompanionUploadTests {
    private static let bytes = ImageBuilder.png(width: 7, height: 5)

    private let signals = IngestSignals()
    private let bench: GalleryBench
    private var gallery: Gallery { bench.gallery }

    init() {
        bench = GalleryBench(limits: GalleryLimits(uploadBytes: 1000), signals: signals)
    }

    private func begin() async throws -> (claim: CompanionClaim, upload: LargeUpload) {
        let (claim, bucket) = try await gallery.beginCompanionUpload(name: FileName("ü.png"), mediaType: "image/png")
        #expect(bucket == "memory")
        let upload = bench.storage.multiparts.first { claim.key == "incoming/\($0.id)" }
        return (claim, try upload.unwrapped())
    }

    private func refusal(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "none"
        } catch {
            return String("\(error)".prefix { $0 != "(" })
        }
    }

    private func list(_ claim: CompanionClaim) async throws -> [CompanionPart] {
        try await gallery.companionParts(of: claim).map { CompanionPart(number: $0.number, etag: $0.etag) }
    }

    @Test("parts become the picture with its name, once, and ingest hears of it")
    func completes() async throws {
        let (claim, upload) = try await begin()
        bench.storage.putPart(Array(Self.bytes[20...]), number: 7, of: upload)
        bench.storage.putPart(Array(Self.bytes[..<20]), number: 2, of: upload)
        let list = try await list(claim)
        #expect(list.map(\.number) == [2, 7])
        for _ in 0..<2 {
            let (id, address) = try await gallery.completeCompanionUpload(claim, list: list.reversed())
            #expect(id == upload.id && address == ObjectAddress(bucket: "memory", key: claim.key))
        }
        signals.finish()
        var heard: [ImageID] = []
        for await id in signals.ids { heard.append(id) }
        #expect(heard == [upload.id, upload.id])
        guard case .ready(let image) = try await gallery.ingest(upload.id) else {
            Issue.record("not published")
            return
        }
        #expect(image.name.description == "ü.png" && image.meta == "7x5")
        #expect(await refusal { _ = try await gallery.companionParts(of: claim) } == "uploadComplete")
        #expect(await refusal { try await gallery.abortCompanionUpload(claim) } == "uploadComplete")
    }

    @Test("nothing is joined unless the client's list is the store's")
    func lists() async throws {
        let (claim, upload) = try await begin()
        #expect(await refusal { _ = try await gallery.completeCompanionUpload(claim, list: []) } == "invalidRequest")
        for number in [1, 2] { bench.storage.putPart([UInt8(number)], number: number, of: upload) }
        let list = try await list(claim)
        let lists = [
            [], [list[0]], [list[1]], list + [CompanionPart(number: 3, etag: "x")],
            [list[0], CompanionPart(number: 2, etag: list[0].etag)], list + [CompanionPart(number: 2, etag: "x")],
        ]
        for other in lists {
            #expect(
                await refusal { _ = try await gallery.completeCompanionUpload(claim, list: other) } == "invalidRequest"
            )
        }
        #expect(try await bench.storage.incoming(upload.id) == nil)
        #expect(await refusal { _ = try await gallery.completeCompanionUpload(claim, list: list) } == "none")
    }

    @Test("quotes around an ETag do not matter")
    func quotes() {
        #expect(CompanionPart(number: 1, etag: "\"a\"") == CompanionPart(number: 1, etag: "a"))
        #expect(CompanionPart(number: 1, etag: "\"").etag == "\"")
        #expect(CompanionPart(number: 1, etag: "a\"").etag == "a\"")
    }

    @Test("an upload over the limit is dropped when it shall be joined")
    func tooLarge() async throws {
        let (claim, upload) = try await begin()
        bench.storage.putPart([UInt8](repeating: 1, count: 999), number: 1, of: upload)
        bench.storage.putPart([1], number: 2, of: upload)
        let exact = try await list(claim)
        bench.storage.putPart([1, 1], number: 2, of: upload)
        #expect(await refusal { _ = try await gallery.completeCompanionUpload(claim, list: exact) } == "tooLarge")
        #expect(bench.storage.multiparts.isEmpty)
        #expect(await refusal { _ = try await gallery.companionParts(of: claim) } == "uploadGone")
        let (next, second) = try await begin()
        bench.storage.putPart([UInt8](repeating: 1, count: 1000), number: 1, of: second)
        let list = try await list(next)
        #expect(await refusal { _ = try await gallery.completeCompanionUpload(next, list: list) } == "none")
    }

    @Test("both halves of a claim must be ours and belong together")
    func claims() async throws {
        let (first, upload) = try await begin()
        let (second, _) = try await begin()
        let ticket = try await gallery.makeTicket(for: UploadRequest(Self.bytes), origin: "http://h")
        let forged = [
            CompanionClaim(token: first.token, key: second.key), CompanionClaim(token: first.token, key: ""),
            CompanionClaim(token: first.token + "x", key: first.key), CompanionClaim(token: "", key: first.key),
            CompanionClaim(token: upload.storageID, key: first.key), CompanionClaim(token: first.key, key: first.key),
            CompanionClaim(token: ticket.token, key: "incoming/\(ticket.id)"),
        ]
        for claim in forged {
            #expect(await refusal { _ = try await gallery.companionParts(of: claim) } == "invalidToken")
            #expect(await refusal { try await gallery.abortCompanionUpload(claim) } == "invalidToken")
            #expect(await refusal { _ = try await gallery.completeCompanionUpload(claim, list: []) } == "invalidToken")
            #expect(
                await refusal { _ = try await gallery.signCompanionParts([1], of: claim, origin: "http://h") }
                    == "invalidToken"
            )
        }
        #expect(bench.storage.multiparts.count == 2)
        bench.clock.advance(bySeconds: 86_400)
        #expect(await refusal { _ = try await gallery.companionParts(of: first) } == "expiredToken")
    }

    @Test("a ticket for parts is no claim, and a claim no ticket")
    func otherProtocol() async throws {
        let large = GalleryBench(limits: GalleryLimits(uploadBytes: 1 << 30))
        let request = try UploadRequest(name: "x", mediaType: "", byteCount: 17 << 20, sha256: nil)
        guard case .ticket(let ticket) = try await large.gallery.requestUpload(request, origin: "http://h") else {
            Issue.record("no ticket")
            return
        }
        let claim = CompanionClaim(token: ticket.token, key: "incoming/\(ticket.id)")
        #expect(await refusal { _ = try await large.gallery.companionParts(of: claim) } == "invalidToken")
        let (begun, upload) = try await begin()
        bench.storage.putPart([1], number: 1, of: upload)
        #expect(await refusal { _ = try await gallery.storedParts(token: begun.token) } == "invalidToken")
        #expect(await refusal { _ = try await gallery.completeUpload(token: begun.token) } == "invalidToken")
        #expect(try await bench.storage.incoming(upload.id) == nil)
    }

    @Test("URLs are made for parts 1 to 10,000, and bind nothing that was not said")
    func signing() async throws {
        let (claim, upload) = try await begin()
        let urls = try await gallery.signCompanionParts([1, 10_000], of: claim, origin: "http://h")
        #expect(Set(urls.keys) == [1, 10_000] && urls.values.allSatisfy { $0.headers.isEmpty })
        #expect(urls[10_000]?.url.contains(upload.storageID) == true)
        for number in [0, -1, 10_001] {
            #expect(
                await refusal { _ = try await gallery.signCompanionParts([1, number], of: claim, origin: "http://h") }
                    == "invalidRequest"
            )
        }
    }

    @Test("an aborted upload is gone, and aborting again is fine")
    func aborts() async throws {
        let (claim, _) = try await begin()
        for _ in 0..<2 { try await gallery.abortCompanionUpload(claim) }
        #expect(bench.storage.multiparts.isEmpty)
        #expect(await refusal { _ = try await gallery.completeCompanionUpload(claim, list: []) } == "uploadGone")
    }

    @Test("a form takes what the gallery takes, and odd types are made plain")
    func form() async throws {
        let form = try await gallery.makeForm(name: FileName("a.png"), mediaType: "a b", origin: "http://h")
        #expect(form.url == "http://h/memory/")
        let fields = Dictionary(uniqueKeysWithValues: form.fields.map { ($0.name, $0.value) })
        #expect(fields["policy"] == "1...1000 for 300 s" && fields["content-type"] == "application/octet-stream")
        #expect(fields["key"]?.hasPrefix("incoming/") == true)
    }
}
