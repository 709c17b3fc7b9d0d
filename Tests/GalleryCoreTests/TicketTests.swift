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
        let ticket = try bench.gallery.makeTicket(for: request, origin: "http://h:1")
        let claims = try #require(seal.open(ticket.token, at: bench.clock.now))
        #expect(claims.id == ticket.id.rawValue && claims.digest == request.digest.base64 && claims.name == "a b.png")
        #expect(TicketSeal(secret: Array("another secret!!".utf8)).open(ticket.token, at: bench.clock.now) == nil)
        bench.clock.advance(bySeconds: 300)
        #expect(seal.open(ticket.token, at: bench.clock.now) == nil)
    }

    @Test("a token with any byte changed opens to nothing")
    func tamperedToken() throws {
        let bench = GalleryBench()
        let request = try UploadRequest(ImageBuilder.png(width: 2, height: 2))
        let token = Array(try bench.gallery.makeTicket(for: request, origin: "http://h").token.utf8)
        for index in token.indices where index < token.count - 1 {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(seal.open(String(decoding: changed, as: UTF8.self), at: bench.clock.now) == nil, "byte \(index)")
        }
        for text in ["", ".", "a", "a.b", "a.b.c"] { #expect(seal.open(text, at: bench.clock.now) == nil) }
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
