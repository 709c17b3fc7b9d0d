import Foundation
import GalleryCore
import GalleryTesting
import Testing

@Suite("Tickets")
struct TicketTests {
    private let seal = TicketSeal(secret: Array("0123456789abcdef".utf8))

    @Test("a ticket's token opens to what it allows, until it expires, and only with its own key")
    func token() async throws {
        let bench = GalleryBench()
        let request = try UploadRequest(ImageBuilder.png(width: 2, height: 2), name: "a b.png")
        let ticket = try await bench.gallery.makeTicket(for: request, origin: "http://h:1")
        let claims = try seal.open(ticket.token, at: bench.clock.now)
        #expect(claims.id == ticket.id && claims.byteCount == request.byteCount && claims.storageID == nil)
        #expect(throws: GalleryError.self) {
            try TicketSeal(secret: Array("another secret!!".utf8)).open(ticket.token, at: bench.clock.now)
        }
        bench.clock.advance(bySeconds: 299)
        #expect(try seal.open(ticket.token, at: bench.clock.now) == claims)
        bench.clock.advance(bySeconds: 1)
        let error = #expect(throws: GalleryError.self) { try seal.open(ticket.token, at: bench.clock.now) }
        guard case .expiredToken = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a token with any byte changed opens to nothing")
    func tamperedToken() async throws {
        let bench = GalleryBench()
        let request = try UploadRequest(ImageBuilder.png(width: 2, height: 2))
        let token = Array(try await bench.gallery.makeTicket(for: request, origin: "http://h").token.utf8)
        for index in token.indices where index < token.count - 1 {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: GalleryError.self, "byte \(index)") { try seal.open(text, at: bench.clock.now) }
        }
        for text in ["", ".", "a", "a.b", "a.b.c"] {
            #expect(throws: GalleryError.self) { try seal.open(text, at: bench.clock.now) }
        }
    }

    @Test("a file over the limit gets no ticket, one at the limit does")
    func sizes() async throws {
        let bench = GalleryBench(limits: GalleryLimits(uploadBytes: 1000))
        let digest = try ContentDigest(bytes: 0..<32).unwrapped()
        func request(_ size: Int64) -> UploadRequest {
            UploadRequest(name: FileName(""), mediaType: "", byteCount: size, digest: digest)
        }
        guard case .ticket = try await bench.gallery.requestUpload(request(1000), origin: "http://h") else {
            Issue.record("no ticket")
            return
        }
        let error = await #expect(throws: GalleryError.self) {
            _ = try await bench.gallery.requestUpload(request(1001), origin: "http://h")
        }
        guard case .tooLarge(limit: 1000) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a file above the single-PUT limit gets a plan of parts, and its digest may be left out")
    func large() async throws {
        let bench = GalleryBench()
        let size: Int64 = (16 << 20) + 1
        let request = try UploadRequest(name: "a", mediaType: "image/png", byteCount: size, sha256: nil)
        guard case .ticket(let ticket) = try await bench.gallery.requestUpload(request, origin: "http://h"),
            case .parts(let plan) = ticket.way
        else {
            Issue.record("no parts")
            return
        }
        #expect(plan.partCount == 3 && plan.byteCount(ofPart: 3) == 1 && plan.byteCount(ofPart: 2) == 8 << 20)
        #expect(bench.storage.multiparts.map(\.id) == [ticket.id])
        #expect(ticket.validity.expiresAt == bench.clock.now.addingTimeInterval(86_400))
        #expect(throws: GalleryError.self) {
            _ = try UploadRequest(name: "a", mediaType: "", byteCount: size - 1, sha256: nil)
        }
    }

    @Test("known bytes need no ticket")
    func known() async throws {
        let bench = GalleryBench()
        let bytes = ImageBuilder.png(width: 2, height: 2)
        let state = try await bench.ingest(bytes)
        guard case .known(let image) = try await bench.gallery.requestUpload(UploadRequest(bytes), origin: "http://h")
        else {
            Issue.record("a ticket for known bytes")
            return
        }
        #expect(state == .ready(image))
    }

    @Test(
        "an empty or wrong media type is no reason to refuse",
        arguments: [
            ("", "application/octet-stream"), ("image/png", "image/png"), ("png", "application/octet-stream"),
            ("a/b/c", "application/octet-stream"), ("a/b\r\nx: y", "application/octet-stream"),
            ("image/svg+xml", "image/svg+xml"),
        ]
    )
    func mediaTypes(given: String, used: String) throws {
        let digest = try ContentDigest(bytes: 0..<32).unwrapped()
        #expect(UploadRequest(name: FileName(""), mediaType: given, byteCount: 1, digest: digest).mediaType == used)
    }

    @Test(
        "size and digest must make sense",
        arguments: [(0, "x"), (-1, "x"), (5, ""), (5, "AAAA")] as [(Int64, String)]
    )
    func nonsense(size: Int64, sha256: String) {
        #expect(throws: GalleryError.self) {
            _ = try UploadRequest(name: "a", mediaType: "", byteCount: size, sha256: sha256)
        }
    }
}
