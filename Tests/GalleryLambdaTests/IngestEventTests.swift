import GalleryCore
import LambdaRuntime
import NIOCore
import Testing

@testable import GalleryLambda

@Suite("Events of the ingest function")
struct IngestEventTests {
    private func event(_ json: String) throws -> IngestEvent {
        try IngestEvent(parsing: ByteBuffer(string: json))
    }

    private func record(_ key: String, name: String = "ObjectCreated:Put") -> String {
        """
        {"eventVersion":"2.1","eventSource":"aws:s3","eventName":"\(name)","s3":{"bucket":{"name":"b"},\
        "object":{"key":"\(key)","size":1,"sequencer":"0A"}}}
        """
    }

    @Test(
        "S3 writes keys as forms do",
        arguments: [
            ("incoming/x", "incoming/x"), ("red+flower.jpg", "red flower.jpg"), ("a%2Bb", "a+b"), ("50%25", "50%"),
            ("%F0%9F%90%88", "🐈"), ("caf%C3%A9+%2F", "café /"), ("%E2%80%8D", "\u{200D}"),
        ]
    )
    func keys(encoded: String, key: String) throws {
        #expect(try event("{\"Records\":[\(record(encoded))]}") == .stored([ObjectAddress(bucket: "b", key: key)]))
    }

    @Test("removals, broken keys and strange records are nothing stored, and do not spoil their neighbours")
    func strangeRecords() throws {
        let records = [
            record("gone", name: "ObjectRemoved:Delete"), record("50%"), record("%FF"), "7", "{}", record("ok"),
        ]
        let json = "{\"Records\":[\(records.joined(separator: ","))]}"
        #expect(try event(json) == .stored([ObjectAddress(bucket: "b", key: "ok")]))
    }

    @Test("the test event that S3 sends when it is set up is taken as it is: nothing stored")
    func testEvent() throws {
        let json = "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\",\"RequestId\":\"1\"}"
        #expect(try event(json) == .stored([]))
    }

    @Test("EventBridge's keys are not encoded")
    func bus() throws {
        let json = """
            {"version":"0","detail-type":"Object Created","source":"aws.s3",\
            "detail":{"bucket":{"name":"b"},"object":{"key":"a+b %20 🐈"}}}
            """
        #expect(try event(json) == .stored([ObjectAddress(bucket: "b", key: "a+b %20 🐈")]))
    }

    @Test("a topic's envelopes are opened")
    func topic() throws {
        let inner = "{\\\"Records\\\":[\(record("k+1").replacing("\"", with: "\\\""))]}"
        let json = "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":\"\(inner)\"}}]}"
        #expect(try event(json) == .stored([ObjectAddress(bucket: "b", key: "k 1")]))
    }

    @Test("a schedule means a sweep, of a rule and of the scheduler", arguments: ["aws.events", "aws.scheduler"])
    func schedule(source: String) throws {
        let json = "{\"detail-type\":\"Scheduled Event\",\"source\":\"\(source)\",\"detail\":{}}"
        #expect(try event(json) == .sweep)
    }

    @Test("a queue's messages keep their ids; a body that is no text is no body")
    func queue() throws {
        let json = """
            {"Records":[{"eventSource":"aws:sqs","messageId":"1","body":"{}"},\
            {"eventSource":"aws:sqs","messageId":"2","body":7}]}
            """
        #expect(try event(json) == .messages([.init(id: "1", body: "{}"), .init(id: "2", body: nil)]))
    }

    @Test(
        "what is none of these is refused",
        arguments: [
            "", "{", "7", "[]", "\"x\"", "{}", "{\"Records\":7}", "{\"Records\":{}}", "{\"detail\":{}}",
            "{\"Event\":\"s3:Other\"}", "\u{FF}\u{0}", "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"\"}]}",
            "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"messageId\":\"\"}]}",
            "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"messageId\":\"1\"},{\"eventSource\":\"aws:s3\"}]}",
        ]
    )
    func refused(json: String) {
        #expect(throws: InvalidEvent.self) { try event(json) }
    }

    @Test("six megabytes of nonsense are refused, and depth does no harm")
    func large() {
        for json in [
            String(repeating: "[", count: 6 << 20), "{\"Records\":" + String(repeating: "{\"a\":", count: 1 << 20),
        ] {
            #expect(throws: InvalidEvent.self) { try event(json) }
        }
    }
}
