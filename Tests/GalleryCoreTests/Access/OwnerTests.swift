import GalleryCore
import GalleryTesting
import Testing

@Suite("Owners")
struct OwnerTests {
    private struct Unexpected: Error {}

    private static let ann = OwnerID(issuer: "https://id.example", subject: "ann")

    @Test("are the same for the same person, and others for anybody else")
    func identity() {
        #expect(Self.ann == OwnerID(issuer: "https://id.example", subject: "ann"))
        #expect(Self.ann != OwnerID(issuer: "https://id.example", subject: "bob"))
        #expect(OwnerID(issuer: "ab", subject: "c") != OwnerID(issuer: "a", subject: "bc"))
        #expect(OwnerID(rawValue: Self.ann.rawValue) == Self.ann)
    }

    @Test(
        "have one form as text only",
        arguments: ["", "ann", String(repeating: "A", count: 32), String(repeating: "0", count: 33), "ä"]
    )
    func form(text: String) {
        #expect(OwnerID(rawValue: text) == nil)
    }

    @Test("own what they send by ticket, and only bytes of theirs are known")
    func tickets() async throws {
        let bench = GalleryBench()
        let bytes = ImageBuilder.png(width: 3, height: 2)
        for owner in [nil, Self.ann] {
            guard
                case .ticket(let ticket) = try await bench.gallery.requestUpload(
                    UploadRequest(bytes),
                    of: owner,
                    origin: "http://h"
                )
            else { throw Unexpected() }
            bench.storage.put(bytes, as: ticket.id)
            guard case .ready(let image) = try await bench.gallery.ingest(ticket.id) else { throw Unexpected() }
            #expect(image.owner == owner)
            #expect(image.id == ticket.id)
        }
        guard
            case .known(let image) = try await bench.gallery.requestUpload(
                UploadRequest(bytes),
                of: Self.ann,
                origin: "http://h"
            )
        else { throw Unexpected() }
        #expect(image.owner == Self.ann)
    }
}
