import Testing

@testable import GalleryClient

@Suite("A store's answer")
struct StoreAnswerTests {
    private func answer(_ status: Int, _ code: String? = nil, retryAfter: String? = nil) -> StoreAnswer {
        let document = code.map { "<?xml version=\"1.0\"?><Error><Code>\($0)</Code><Message>No.</Message></Error>" }
        return StoreAnswer(status: status, retryAfter: retryAfter, document: Array((document ?? "").utf8))
    }

    @Test(
        "means that the bytes are there after 200, and after 412: only we write under a random id",
        arguments: [200, 412]
    )
    func stored(status: Int) {
        #expect(answer(status) == .stored)
    }

    @Test(
        "asks for a fresh URL by its status, whatever its words are",
        arguments: [nil, "AccessDenied", "ExpiredToken"]
    )
    func forbidden(code: String?) {
        #expect(answer(403, code) == .forbidden)
    }

    @Test("tells damage on the way from other refusals")
    func damage() {
        #expect(answer(400, "BadDigest") == .badDigest)
        #expect(answer(400, "XAmzContentChecksumMismatch") == .badDigest)
        #expect(answer(400, "InvalidPart") == .refused(status: 400, code: "InvalidPart", message: "No."))
    }

    @Test("is worth another try when it may be over soon", arguments: [408, 429, 500, 502, 503, 504])
    func transient(status: Int) {
        guard case .transient(let fault) = answer(status, "SlowDown", retryAfter: "7") else {
            Issue.record("\(status) is transient")
            return
        }
        #expect(fault.retryAfter == .seconds(7))
    }

    @Test("is worth another try when two requests met", arguments: ["ConditionalRequestConflict", "OperationAborted"])
    func conflict(code: String) {
        guard case .transient = answer(409, code) else {
            Issue.record("\(code) is transient")
            return
        }
    }

    @Test("is not worth another try when the disk is full, or the store cannot do it", arguments: [501, 505, 507])
    func permanent(status: Int) {
        #expect(answer(status) == .refused(status: status, code: nil, message: nil))
    }

    @Test(
        "survives a body that is no error document",
        arguments: ["", "<Error>", "<html><body>502</body></html>", "\u{0}"]
    )
    func junk(body: String) {
        let answer = StoreAnswer(status: 418, retryAfter: "soon", document: Array(body.utf8))
        #expect(answer == .refused(status: 418, code: nil, message: nil))
    }

    @Test("says that the upload is gone after 404")
    func gone() {
        #expect(answer(404, "NoSuchUpload") == .gone)
    }
}
