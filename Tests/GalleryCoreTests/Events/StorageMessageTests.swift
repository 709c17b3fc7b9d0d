import Foundation
import GalleryCore
import Testing

@Suite("What stores tell")
struct StorageMessageTests {
    private func stored(_ text: String) throws -> [ObjectAddress] {
        guard case .stored(let addresses) = try StorageMessage(parsing: Data(text.utf8)) else { return [] }
        return addresses
    }

    private func record(_ name: String, key: String, source: String = "aws:s3", version: String = "2.1") -> String {
        """
        {"eventVersion":"\(version)","eventSource":"\(source)","awsRegion":"eu-west-1",
         "eventTime":"2026-11-22T19:00:00Z",
         "eventName":"\(name)","userIdentity":{"principalId":"AWS:X"},
         "requestParameters":{"sourceIPAddress":"192.0.2.1"},
         "s3":{"s3SchemaVersion":"1.0","configurationId":"c","bucket":{"name":"imgn","arn":"arn:aws:s3:::imgn"},
               "object":{"key":"\(key)","size":3,"eTag":"900150983cd24fb0d6963f7d28e17f72","sequencer":"0A1B"}}}
        """
    }

    private func records(_ records: String...) -> String { "{\"Records\":[\(records.joined(separator: ","))]}" }

    private func envelope(_ type: String, _ fields: [String: String]) throws -> String {
        let object = fields.merging(["Type": type, "MessageId": "m", "Signature": "s"]) { first, _ in first }
        return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }

    private static let cat = ObjectAddress(bucket: "imgn", key: "a b+c/é.png")

    @Test(
        "each way an object comes to be is told by S3, in any version 2",
        arguments: ["Put", "Post", "Copy", "CompleteMultipartUpload"]
    )
    func s3(way: String) throws {
        for version in ["2.0", "2.1", "2.4", "2.6"] {
            let record = record("ObjectCreated:\(way)", key: "a+b%2Bc/%C3%A9.png", version: version)
            #expect(try stored(records(record)) == [Self.cat])
        }
    }

    @Test("MinIO names its events with s3:, and the key twice")
    func minIO() throws {
        let record = record("s3:ObjectCreated:Put", key: "a+b%2Bc%2F%C3%A9.png", source: "minio:s3")
        let text = "{\"EventName\":\"s3:ObjectCreated:Put\",\"Key\":\"imgn/a b+c/é.png\",\"Records\":[\(record)]}"
        #expect(try stored(text) == [Self.cat])
    }

    @Test("Ceph sends keys as they are", arguments: ["ObjectCreated:Put", "s3:ObjectCreated:CompleteMultipartUpload"])
    func ceph(name: String) throws {
        let record = record(name, key: "a b+c/é.png", source: "ceph:s3", version: "2.2")
        #expect(try stored(records(record)) == [Self.cat])
        let percent = self.record(name, key: "100%41+", source: "ceph:s3")
        #expect(try stored(records(percent)).map(\.key) == ["100%41+"])
    }

    @Test("SNS puts S3's own message into an envelope")
    func topic() throws {
        let message = records(record("ObjectCreated:Put", key: "a+b%2Bc/%C3%A9.png"))
        #expect(try stored(envelope("Notification", ["Message": message])) == [Self.cat])
        let twice = try envelope("Notification", ["Message": envelope("Notification", ["Message": message])])
        #expect(try stored(twice).isEmpty, "an envelope in an envelope is not opened")
        #expect(try stored(envelope("Notification", ["Message": "hello"])).isEmpty)
        #expect(
            try stored(envelope("UnsubscribeConfirmation", ["SubscribeURL": "https://sns.x.amazonaws.com/"])).isEmpty
        )
    }

    @Test(
        "SNS's offer of a subscription is passed on",
        arguments: [
            "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=1",
            "https://sns.cn-north-1.amazonaws.com.cn/?Action=ConfirmSubscription",
        ]
    )
    func subscription(url: String) throws {
        let text = try envelope("SubscriptionConfirmation", ["SubscribeURL": url, "Message": "You have chosen"])
        #expect(try StorageMessage(parsing: Data(text.utf8)) == .subscription(url: url))
    }

    @Test(
        "an offer that leads elsewhere is not passed on",
        arguments: [
            "http://sns.eu-west-1.amazonaws.com/", "https://evil.example/",
            "https://sns.eu-west-1.amazonaws.com.evil.example/",
            "https://sns.eu-west-1.amazonaws.com@evil.example/", "https://sns.eu-west-1.amazonaws.com:8443/",
            "https://evil.example/?sns.eu-west-1.amazonaws.com", "https://sns.amazonaws.com/",
            "https://s3.eu-west-1.amazonaws.com/", "https://evil.example\\\\.sns.eu-west-1.amazonaws.com/",
            "https://sns.eu-west-1.amazonaws.com/\u{1B}[31m", "https://sns.évil.amazonaws.com/", "",
        ]
    )
    func forgedSubscription(url: String) throws {
        let text = try envelope("SubscriptionConfirmation", ["SubscribeURL": url])
        #expect(try StorageMessage(parsing: Data(text.utf8)) == .stored([]))
    }

    @Test("EventBridge tells one object, its key not encoded, by itself or through SNS")
    func bus() throws {
        func event(_ kind: String, source: String = "aws.s3") -> String {
            """
            {"version":"0","id":"17793124-05d4","detail-type":"\(kind)","source":"\(source)","account":"123456789012",
             "resources":["arn:aws:s3:::imgn"],"detail":{"version":"0","bucket":{"name":"imgn"},
             "object":{"key":"a b+c/é.png","size":3,"etag":"9","sequencer":"00"},"reason":"PutObject"}}
            """
        }
        #expect(try stored(event("Object Created")) == [Self.cat])
        #expect(try stored(envelope("Notification", ["Message": event("Object Created")])) == [Self.cat])
        #expect(try stored(event("Object Deleted")).isEmpty)
        #expect(try stored(event("Object Created", source: "my.app")).isEmpty)
    }

    private func filer(_ kind: String, _ message: String, key: String = "/buckets/imgn/a b+c/é.png") -> String {
        "{\"event_type\":\"\(kind)\",\"key\":\"\(key)\",\"message\":{\(message),\"signatures\":[-887356171]}}"
    }

    private static let entry = "\"new_entry\":{\"name\":\"é.png\",\"attributes\":{\"file_size\":3}}"

    @Test("SeaweedFS's filer tells a path and what is there now")
    func filer() throws {
        let parent = "\"new_parent_path\":\"/buckets/imgn/a b+c\""
        for kind in ["create", "update"] {
            #expect(try stored(filer(kind, "\(Self.entry),\(parent)")) == [Self.cat])
            #expect(try stored(filer(kind, Self.entry)) == [Self.cat])
        }
        let renamed = filer("rename", "\"old_entry\":{\"name\":\"x\"},\(Self.entry),\(parent)", key: "/buckets/imgn/x")
        #expect(try stored(renamed) == [Self.cat])
    }

    @Test("a filer's folders, removals and own files are nothing stored")
    func filerNoise() throws {
        let folder = "\"new_entry\":{\"name\":\"imgn\",\"is_directory\":true},\"new_parent_path\":\"/buckets\""
        #expect(try stored(filer("create", folder)).isEmpty)
        #expect(try stored(filer("delete", "\"old_entry\":{\"name\":\"é.png\"}")).isEmpty)
        #expect(try stored(filer("create", Self.entry, key: "/etc/x")).isEmpty)
        #expect(try stored(filer("create", Self.entry, key: "/buckets/imgn")).isEmpty)
    }

    @Test("removals, restores and what is not known yet are nothing stored")
    func otherEvents() throws {
        for name in ["ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated", "ObjectRestore:Post", "", "New"] {
            #expect(try stored(records(record(name, key: "incoming/x"))).isEmpty)
        }
        let test = """
            {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-22T19:00:00Z","Bucket":"imgn","RequestId":"R"}
            """
        #expect(try stored(test).isEmpty)
        #expect(try stored("{}").isEmpty)
    }

    @Test("a record that nobody can read does not spoil its neighbours, and order is kept")
    func strangeNeighbours() throws {
        let broken = record("ObjectCreated:Put", key: "100%zz")
        let text = records(
            record("ObjectCreated:Put", key: "b"),
            "{\"s3\":7}",
            "null",
            broken,
            record("ObjectCreated:Post", key: "a")
        )
        #expect(try stored(text).map(\.key) == ["b", "a"])
        for odd in ["{\"Records\":7}", "{\"Records\":{}}", "{\"Type\":7}", "{\"event_type\":\"create\"}"] {
            #expect(try stored(odd).isEmpty)
        }
    }

    @Test("what is no JSON object is refused", arguments: ["", "hello", "[]", "7", "{\"Records\":[", "\u{0}"])
    func unreadable(text: String) {
        #expect(throws: StorageMessage.Unreadable.self) { try StorageMessage(parsing: Data(text.utf8)) }
    }

    @Test("a deep nest is refused or read, never followed to the end of the stack")
    func deep() {
        let nest = String(repeating: "[", count: 100_000)
        let json = Data("{\"Records\":\(nest)".utf8)
        #expect(throws: StorageMessage.Unreadable.self) { try StorageMessage(parsing: json) }
    }
}

@Suite("Text in URLs")
struct URLTextTests {
    @Test("escapes are read once; a plus is a space in forms only")
    func decodes() {
        #expect(URLText.decode(formField: "a+b%2Bc%252F%c3%A9") == "a b+c%2Fé")
        #expect(URLText.decode(segment: "a+b%2Bc%252F%c3%A9") == "a+b+c%2Fé")
        #expect(URLText.decode(segment: "") == "")
    }

    @Test("broken escapes are no text", arguments: ["%", "%4", "a%zz", "%+1", "%FF", "%C3"])
    func broken(text: String) {
        #expect(URLText.decode(segment: text) == nil)
        #expect(URLText.decode(formField: text) == nil)
    }
}
