import Crypto
import HTTPEdge
import HTTPTypes
import NIOCore
import SigV4
import Testing

@testable import ObjectStore

@Suite("PostObject: forms that are taken")
struct PostObjectTests {
    private static let sha256 = Base64.encode(Array(SHA256.hash(data: Array("0123456789".utf8))))

    @Test("a form's file is stored, the hook is told, and the answer is 204 with ETag and address")
    func stored() async throws {
        let created = Recorder<ObjectKey>()
        try await S3Bench.with(onObjectCreated: { _, key in created.append(key) }) { s3 in
            for (target, key) in [("/imgn", "up/a"), ("/imgn/", "up/ä b"), ("/imgn?x=y", "up/c")] {
                let answer = try await s3.post(TestForm([("key", key)]), to: target)
                #expect(answer.status == 204)
                #expect(answer.byteCount == 0)
                #expect(answer["etag"] == "\"781e5e245d69b566979b86e28d23f2c7\"")
                let path = URICoding.encode("/imgn/\(key)", keepingSlash: true)
                #expect(answer["location"] == "http://\(S3Bench.host)\(path)")
                let info = try #require(try await s3.stored(key))
                #expect(info.byteCount == 10)
                #expect(info.metadata.contentType == "binary/octet-stream")
            }
            #expect(created.values == ["up/a", "up/ä b", "up/c"])
        }
    }

    @Test("it reads the same however the form is cut", arguments: [1, 7, 100, 1 << 20])
    func everyCut(size: Int) async throws {
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.file = "\r\n------for\r\n--" + String(repeating: "x", count: 5000)
            let answer = try await s3.post(form, body: BodyPieces(Array(form.body.utf8), by: size))
            #expect(answer.status == 204)
            let got = try await s3.call(.get, "/imgn/up/cat.jpg")
            #expect(got.text == form.file)
        }
    }

    @Test("fields become the object's headers and metadata, by any case of their names")
    func metadata() async throws {
        try await S3Bench.with { s3 in
            let form = TestForm([
                ("Key", "a"), ("content-type", "image/png"), ("Cache-Control", "max-age=5"),
                ("Content-Disposition", "attachment"), ("Content-Encoding", "gzip"), ("Expires", "later"),
                ("x-amz-meta-Caption", "hé"), ("x-amz-meta-name", " cat.png "), ("acl", "private"),
                ("x-amz-storage-class", "STANDARD"), ("bucket", "imgn"),
            ])
            #expect(try await s3.post(form).status == 204)
            let metadata = try #require(try await s3.stored("a")).metadata
            #expect(metadata.contentType == "image/png")
            #expect(metadata.cacheControl == "max-age=5")
            #expect(metadata.contentDisposition == "attachment")
            #expect(metadata.contentEncoding == "gzip")
            #expect(metadata.expires == "later")
            #expect(metadata.user == ["caption": "hé", "name": "cat.png"])
        }
    }

    @Test(
        "${filename} is the last name of the file's path, and conditions see the key with it",
        arguments: [
            ("cat.jpg", "up/cat.jpg"), ("C:\\\\Users\\\\me\\\\cat.jpg", "up/cat.jpg"),
            ("a/b/cät 1.jpg", "up/cät 1.jpg"),
            ("", "up/"), ("..", "up/.."),
        ]
    )
    func fileNames(fileName: String, key: String) async throws {
        try await S3Bench.with { s3 in
            var form = TestForm([("key", "up/${filename}")])
            form.uncovered = ["key"]
            form.conditions = ["[\"starts-with\", \"$key\", \"up/\"]", "[\"eq\", \"$key\", \"\(key)\"]"]
            form.fileName = fileName
            let answer = try await s3.post(form)
            #expect(answer.status == 204)
            #expect(try await s3.stored(key)?.byteCount == 10)
        }
    }

    @Test("success_action_status is 200 or 201 with a document; anything else is 204", arguments: ["200", "201", "x"])
    func statuses(status: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.post(TestForm([("key", "a&b"), ("success_action_status", status)]))
            #expect(answer.status == (Int(status) ?? 204))
            #expect(answer["location"] == "http://\(S3Bench.host)/imgn/a%26b")
            guard status == "201" else {
                #expect(answer.byteCount == 0)
                return
            }
            #expect(answer["content-type"] == "application/xml")
            #expect(answer.text.contains("<PostResponse><Location>http://\(S3Bench.host)/imgn/a%26b</Location>"))
            #expect(answer.element("Bucket") == "imgn")
            #expect(answer.element("Key") == "a&amp;b")
            #expect(answer.element("ETag") == "&quot;781e5e245d69b566979b86e28d23f2c7&quot;")
        }
    }

    @Test(
        "success_action_redirect is 303 with bucket, key and ETag; what is no web address is as if it were not there",
        arguments: [
            ("https://page.example/done", "https://page.example/done?"),
            ("HTTP://page.example/done?a=b", "HTTP://page.example/done?a=b&"),
            ("javascript:alert(1)", nil), ("https://page.example/a b", nil), ("//page.example", nil),
        ] as [(String, String?)]
    )
    func redirects(url: String, start: String?) async throws {
        try await S3Bench.with { s3 in
            for name in ["success_action_redirect", "redirect"] {
                let form = TestForm([("key", "a b&c"), (name, url), ("success_action_status", "200")])
                let answer = try await s3.post(form)
                if let start {
                    #expect(answer.status == 303)
                    let query = "bucket=imgn&key=a%20b%26c&etag=%22781e5e245d69b566979b86e28d23f2c7%22"
                    #expect(answer["location"] == start + query)
                } else {
                    #expect(answer.status == 200)
                }
            }
        }
    }

    @Test("query and fragment of a redirection keep their order")
    func fragment() async throws {
        try await S3Bench.with { s3 in
            let form = TestForm([("key", "a"), ("success_action_redirect", "https://page.example/#top")])
            let location = try await s3.post(form)["location"]
            #expect(
                location == "https://page.example/?bucket=imgn&key=a&etag=%22781e5e245d69b566979b86e28d23f2c7%22#top"
            )
        }
    }

    @Test("a checksum that fits is kept with the object and answered")
    func checksum() async throws {
        try await S3Bench.with { s3 in
            let md5 = Base64.encode(Array(Insecure.MD5.hash(data: Array("0123456789".utf8))))
            let form = TestForm([("key", "a"), ("x-amz-checksum-sha256", Self.sha256), ("Content-MD5", md5)])
            let answer = try await s3.post(form)
            #expect(answer.status == 204)
            #expect(answer["x-amz-checksum-sha256"] == Self.sha256)
            #expect(try await s3.stored("a")?.checksum?.base64 == Self.sha256)
        }
    }

    @Test("if-none-match lets a form be used once")
    func once() async throws {
        try await S3Bench.with { s3 in
            let form = TestForm([("key", "a"), ("if-none-match", "*")])
            let first = try await s3.post(form)
            #expect(first.status == 204)
            var other = form
            other.file = "other"
            let again = try await s3.post(other)
            #expect(again.status == 412)
            #expect(again.code == "PreconditionFailed")
            #expect(again.element("Condition") == "If-None-Match")
            #expect(try await s3.stored("a")?.byteCount == 10)
        }
    }

    @Test("what follows the file is ignored, even fields that say otherwise")
    func trailing() async throws {
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.trailing = [("submit", "Upload"), ("key", "elsewhere"), ("file", "second")]
            let answer = try await s3.post(form)
            #expect(answer.status == 204)
            #expect(try await s3.stored("up/cat.jpg")?.byteCount == 10)
            #expect(try await s3.stored("elsewhere") == nil)
        }
    }

    @Test("fields whose name begins with x-ignore- need no condition and mean nothing")
    func ignored() async throws {
        try await S3Bench.with { s3 in
            var form = TestForm([("key", "a"), ("x-ignore-button", "x")])
            form.uncovered = ["x-ignore-button"]
            let answer = try await s3.post(form)
            #expect(answer.status == 204)
        }
    }

    @Test("a page of another origin can read the answer, good or bad")
    func cors() async throws {
        try await S3Bench.with { s3 in
            let origin: HTTPFields = [.origin: "https://page.example"]
            #expect(try await s3.post(TestForm(), origin)["access-control-allow-origin"] == "*")
            var wrong = TestForm()
            wrong.secret = "other"
            let refused = try await s3.post(wrong, origin)
            #expect(refused.code == "SignatureDoesNotMatch")
            #expect(refused["access-control-allow-origin"] == "*")
        }
    }

    @Test("an empty file and one of exactly the largest size are taken")
    func sizes() async throws {
        try await S3Bench.with(maximumObjectBytes: 10) { s3 in
            var form = TestForm()
            form.conditions = ["[\"content-length-range\", 0, 10]"]
            for file in ["", "0123456789"] {
                form.file = file
                let answer = try await s3.post(form)
                #expect(answer.status == 204)
                #expect(try await s3.stored("up/cat.jpg")?.byteCount == Int64(file.utf8.count))
            }
        }
    }
}
