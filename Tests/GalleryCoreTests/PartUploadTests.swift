import Crypto
import Foundation
import GalleryCore
import GalleryTesting
import Testing

@Suite("Uploads in parts")
struct PartUploadTests {
    /// A PNG with trailing bytes, above the single-PUT limit: three parts.
    private static let bytes =
        ImageBuilder.png(width: 40, height: 30) + [UInt8](repeating: 0xAA, count: (16 << 20) + 100)

    private let bench = GalleryBench(limits: GalleryLimits(uploadBytes: 1 << 30))

    private func ticket() async throws -> (token: String, upload: LargeUpload) {
        let count = Int64(Self.bytes.count)
        let request = try UploadRequest(name: "big.png", mediaType: "image/png", byteCount: count, sha256: nil)
        guard case .ticket(let ticket) = try await bench.gallery.requestUpload(request, origin: "http://h") else {
            throw GalleryError.uploadGone
        }
        return (ticket.token, try bench.storage.multiparts.first { $0.id == ticket.id }.unwrapped())
    }

    private func part(_ number: Int) -> [UInt8] {
        Array(Self.bytes[((number - 1) << 23)..<min(number << 23, Self.bytes.count)])
    }

    private func refusal(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "none"
        } catch {
            return String("\(error)".prefix { $0 != "(" })
        }
    }

    @Test("parts in any order become the picture, once, however often it is said")
    func completes() async throws {
        let (token, upload) = try await ticket()
        for number in [3, 1, 2] { bench.storage.putPart(part(number), number: number, of: upload) }
        #expect(try await bench.gallery.storedParts(token: token).parts.map(\.number) == [1, 2, 3])
        for _ in 0..<2 { #expect(try await bench.gallery.completeUpload(token: token).state == .incoming) }
        try await bench.gallery.ingest(upload.id)
        let (_, state) = try await bench.gallery.completeUpload(token: token)
        guard case .ready(let image) = state else {
            Issue.record("\(state)")
            return
        }
        var hasher = ContentHasher(byteCount: Int64(Self.bytes.count))
        hasher.update(Self.bytes)
        #expect(image.digest == hasher.finalize() && image.name.description == "big.png" && image.meta == "40x30")
        #expect(await refusal { _ = try await bench.gallery.storedParts(token: token) } == "uploadComplete")
        #expect(await refusal { try await bench.gallery.abortUpload(token: token) } == "uploadComplete")
    }

    @Test("nothing is joined while a part is missing or of another size, and the refusal names it")
    func missing() async throws {
        let (token, upload) = try await ticket()
        bench.storage.putPart(part(1), number: 1, of: upload)
        bench.storage.putPart(Array(part(2).dropLast()), number: 2, of: upload)
        #expect(try await bench.gallery.storedParts(token: token).parts.map(\.number) == [1])
        let error = await #expect(throws: GalleryError.self) {
            _ = try await bench.gallery.completeUpload(token: token)
        }
        guard case .partsMissing([2, 3]) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await bench.storage.incoming(upload.id) == nil)
    }

    @Test("an aborted upload is gone, and aborting again is fine")
    func aborts() async throws {
        let (token, upload) = try await ticket()
        bench.storage.putPart(part(1), number: 1, of: upload)
        for _ in 0..<2 { try await bench.gallery.abortUpload(token: token) }
        #expect(bench.storage.multiparts.isEmpty)
        #expect(await refusal { _ = try await bench.gallery.storedParts(token: token) } == "uploadGone")
        #expect(await refusal { _ = try await bench.gallery.completeUpload(token: token) } == "uploadGone")
    }

    @Test("URLs are made for the file's own parts only, each asked for once")
    func signing() async throws {
        let (token, upload) = try await ticket()
        let digest = try ContentDigest(bytes: 0..<32).unwrapped()
        let signed = try await bench.gallery.signParts([(3, digest), (1, digest)], token: token, origin: "http://h")
        #expect(signed.parts.map(\.part.number) == [3, 1])
        #expect(signed.parts.map(\.part.byteCount) == [Int64(part(3).count), 8 << 20])
        #expect(signed.parts[0].upload.url.contains(upload.storageID))
        #expect(signed.validity.expiresAt == bench.clock.now.addingTimeInterval(300))
        for numbers in [[0], [4], [10_001], [-1], [1, 1]] {
            let parts = numbers.map { (number: $0, digest: digest) }
            #expect(
                await refusal { _ = try await bench.gallery.signParts(parts, token: token, origin: "http://h") }
                    == "invalidRequest"
            )
        }
    }

    @Test("a token is good for its own upload only, and for a day")
    func tokens() async throws {
        let (token, first) = try await ticket()
        let (other, second) = try await ticket()
        for number in 1...3 { bench.storage.putPart(part(number), number: number, of: first) }
        #expect(try await bench.gallery.storedParts(token: other).parts.isEmpty)
        #expect(try await bench.gallery.completeUpload(token: token).id == first.id)
        #expect(bench.storage.multiparts == [second])
        bench.clock.advance(bySeconds: 86_400)
        #expect(await refusal { _ = try await bench.gallery.storedParts(token: other) } == "expiredToken")
        #expect(await refusal { _ = try await bench.gallery.completeUpload(token: other + "x") } == "invalidToken")
    }

    @Test("a ticket for one PUT can say that the file was sent, and nothing of parts")
    func sent() async throws {
        let bytes = ImageBuilder.png(width: 2, height: 2)
        let ticket = try await bench.gallery.makeTicket(for: UploadRequest(bytes), origin: "http://h")
        #expect(
            await refusal { _ = try await bench.gallery.completeUpload(token: ticket.token) } == "partsMissing"
        )
        bench.storage.put(bytes, as: ticket.id)
        #expect(try await bench.gallery.completeUpload(token: ticket.token).state == .incoming)
        #expect(await refusal { _ = try await bench.gallery.storedParts(token: ticket.token) } == "invalidRequest")
        #expect(await refusal { try await bench.gallery.abortUpload(token: ticket.token) } == "invalidRequest")
    }

    @Test("uploads that nobody finishes are forgotten after a day")
    func swept() async throws {
        let (_, upload) = try await ticket()
        let signals = IngestSignals()
        let worker = IngestWorker(gallery: bench.gallery, signals: signals, logger: bench.gallery.testLogger)
        bench.clock.advance(bySeconds: 86_399)
        try await worker.sweep()
        #expect(bench.storage.multiparts == [upload])
        bench.clock.advance(bySeconds: 2)
        try await worker.sweep()
        #expect(bench.storage.multiparts.isEmpty)
    }
}
