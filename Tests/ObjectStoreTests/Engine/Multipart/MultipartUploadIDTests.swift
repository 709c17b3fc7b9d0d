import Testing

@testable import ObjectStore

@Suite("Ids of multipart uploads")
struct MultipartUploadIDTests {
    @Test("an id says when its upload was started, and ids sort by that", arguments: [0, 1, 1_700_000_000_123])
    func time(_ milliseconds: Int64) {
        let id = MultipartUploadID(startedAt: milliseconds)
        #expect(id.startedAt == milliseconds)
        #expect(id < MultipartUploadID(startedAt: milliseconds + 1))
        #expect(MultipartUploadID(rawValue: id.rawValue) == id)
        #expect(MultipartUploadID(id.description) == id)
    }

    @Test("no two are alike")
    func unique() {
        #expect(Set((0..<1000).map { _ in MultipartUploadID(startedAt: 7) }).count == 1000)
    }

    @Test(
        "what is not 44 lower-case digits is no id, whatever a path would make of it",
        arguments: [
            "", "..", "/", "x", String(repeating: "0", count: 43), String(repeating: "0", count: 45),
            String(repeating: "A", count: 44), String(repeating: "g", count: 44),
            "../" + String(repeating: "0", count: 41),
            String(repeating: "0", count: 43) + "\0",
        ]
    )
    func invalid(_ text: String) {
        #expect(MultipartUploadID(rawValue: text) == nil)
        #expect(MultipartUploadID(text) == nil)
    }
}
