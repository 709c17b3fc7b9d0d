import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("GetObject and HeadObject")
struct GetObjectTests {
    static let modified = "Thu, 02 Jan 2025 03:04:05 GMT"

    @Test("a GET gives the bytes, a HEAD the same headers without them")
    func getAndHead() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a.txt", "0123456789", [.contentType: "text/plain"])
            let get = try await s3.call(.get, "/imgn/a.txt")
            #expect(get.status == 200)
            #expect(get.text == "0123456789")
            #expect(get["content-length"] == "10")
            #expect(get["accept-ranges"] == "bytes")
            #expect(get["last-modified"] == Self.modified)
            #expect(get["etag"] == "\"781e5e245d69b566979b86e28d23f2c7\"")
            #expect(get["content-security-policy"] == "sandbox")
            let head = try await s3.call(.head, "/imgn/a.txt")
            #expect(head.status == 200)
            #expect(head.byteCount == 0)
            #expect(head.headers == get.headers)
        }
    }

    @Test("a presigned GET needs nothing but its URL")
    func presigned() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            #expect(try await s3.send(s3.presign(.get, "/imgn/a")).text == "0123456789")
        }
    }

    @Test("a long object is sent in steps of 256 KiB, with its whole length in the head")
    func steps() async throws {
        try await S3Bench.with { s3 in
            let body = String(repeating: "0123456789abcdef", count: 50_000)
            try await s3.put("long", body)
            let answer = try await s3.call(.get, "/imgn/long")
            #expect(answer["content-length"] == "800000")
            #expect(answer.text == body)
            #expect(answer.pieceCount == 4)
            let part = try await s3.call(.get, "/imgn/long", [.range: "bytes=16-600015"])
            #expect(part.status == 206)
            #expect(part["content-length"] == "600000")
            #expect(part.text == String(body.prefix(600_000)))
        }
    }

    @Test(
        "ranges as S3 answers them",
        arguments: [
            ("bytes=0-0", 206, "0", "bytes 0-0/10"), ("bytes=2-4", 206, "234", "bytes 2-4/10"),
            ("bytes=7-", 206, "789", "bytes 7-9/10"), ("bytes=7-100", 206, "789", "bytes 7-9/10"),
            ("bytes=-3", 206, "789", "bytes 7-9/10"), ("bytes=-100", 206, "0123456789", "bytes 0-9/10"),
            ("bytes=0-99999999999999999999", 206, "0123456789", "bytes 0-9/10"),
            ("bytes=10-", 416, "", "bytes */10"), ("bytes=99999999999999999999-", 416, "", "bytes */10"),
            ("bytes=-0", 416, "", "bytes */10"), ("bytes=5-1", 200, "0123456789", nil),
            ("bytes=0-1,3-4", 200, "0123456789", nil), ("items=0-1", 200, "0123456789", nil),
            ("bytes=a-b", 200, "0123456789", nil), ("bytes=-", 200, "0123456789", nil),
        ] as [(String, Int, String, String?)]
    )
    func ranges(range: String, status: Int, body: String, contentRange: String?) async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            let answer = try await s3.call(.get, "/imgn/a", [.range: range])
            #expect(answer.status == status)
            #expect(answer["content-range"] == contentRange)
            if status == 416 {
                #expect(answer.code == "InvalidRange")
                #expect(answer.element("RangeRequested") == range)
                #expect(answer.element("ActualObjectSize") == "10")
            } else {
                #expect(answer.text == body)
                #expect(answer["content-length"] == String(body.utf8.count))
            }
            let head = try await s3.call(.head, "/imgn/a", [.range: range])
            #expect(head.status == status)
            #expect(head["content-range"] == contentRange)
        }
    }

    @Test("an empty object is whole without a range, and satisfies none")
    func emptyObject() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("empty", "")
            let whole = try await s3.call(.get, "/imgn/empty")
            #expect(whole.status == 200)
            #expect(whole["content-length"] == "0")
            for range in ["bytes=0-", "bytes=-5", "bytes=0-0"] {
                #expect(try await s3.call(.get, "/imgn/empty", [.range: range]).status == 416)
            }
        }
    }

    @Test(
        "conditions in the order of RFC 9110",
        arguments: [
            (["if-match": "E"], 200), (["if-match": "*"], 200), (["if-match": "\"x\", E"], 200),
            (["if-match": "\"x\""], 412),
            (["if-none-match": "E"], 304), (["if-none-match": "W/E"], 304), (["if-none-match": "*"], 304),
            (["if-none-match": "\"x\""], 200), (["if-modified-since": "SAME"], 304),
            (["if-modified-since": "BEFORE"], 200),
            (["if-modified-since": "tomorrow"], 200), (["if-unmodified-since": "SAME"], 200),
            (["if-unmodified-since": "BEFORE"], 412), (["if-match": "E", "if-unmodified-since": "BEFORE"], 200),
            (["if-none-match": "E", "if-modified-since": "BEFORE"], 304),
            (["if-none-match": "\"x\"", "if-modified-since": "SAME"], 200),
            (["if-match": "\"x\"", "if-none-match": "E"], 412),
        ] as [([String: String], Int)]
    )
    func conditions(headers: [String: String], status: Int) async throws {
        try await S3Bench.with { s3 in
            let etag = try await s3.put("a")["etag"] ?? ""
            var fields = HTTPFields()
            for (name, value) in headers {
                let value = value.replacing("SAME", with: Self.modified).replacing("E", with: etag)
                fields[named: name] = value == "B\(etag)FOR\(etag)" ? "Thu, 02 Jan 2025 03:04:04 GMT" : value
            }
            let answer = try await s3.call(.get, "/imgn/a", fields)
            #expect(answer.status == status)
            if status == 304 {
                #expect(answer["etag"] == etag)
                #expect(answer["last-modified"] == Self.modified)
                #expect(answer.byteCount == 0)
            }
            if status == 412 { #expect(answer.element("Condition")?.hasPrefix("If-") == true) }
        }
    }

    @Test("If-Range with another ETag makes a range the whole object")
    func ifRange() async throws {
        try await S3Bench.with { s3 in
            let etag = try await s3.put("a")["etag"] ?? ""
            let same = try await s3.call(.get, "/imgn/a", [.range: "bytes=0-1", .ifRange: etag])
            #expect(same.status == 206)
            let dated = try await s3.call(.get, "/imgn/a", [.range: "bytes=0-1", .ifRange: Self.modified])
            #expect(dated.status == 206)
            let other = try await s3.call(.get, "/imgn/a", [.range: "bytes=0-1", .ifRange: "\"x\""])
            #expect(other.status == 200)
            #expect(other.text == "0123456789")
        }
    }

    @Test("response- parameters replace what the object says of itself")
    func overrides() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a", "x", [.contentType: "text/html", .cacheControl: "no-store"])
            let target =
                "/imgn/a?response-content-type=image%2Fpng"
                + "&response-content-disposition=attachment%3B%20filename%3D%22a.png%22"
                + "&response-cache-control=no-cache&response-expires=0&response-content-language=de"
                + "&response-content-encoding=identity"
            let answer = try await s3.send(s3.presign(.get, target))
            #expect(answer["content-type"] == "image/png")
            #expect(answer["content-disposition"] == "attachment; filename=\"a.png\"")
            #expect(answer["cache-control"] == "no-cache")
            #expect(answer["expires"] == "0")
            #expect(answer["content-language"] == "de")
            #expect(answer["content-encoding"] == "identity")
        }
    }

    @Test("a response- parameter that would split the answer is refused")
    func injectedOverride() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            let target = "/imgn/a?response-content-type=a%0D%0ASet-Cookie:%20b"
            let answer = try await s3.send(s3.presign(.get, target))
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidArgument")
            #expect(answer["set-cookie"] == nil)
        }
    }

    @Test("a long answer stays the object it began with, even when its key is overwritten and deleted")
    func overwrittenWhileRead() async throws {
        try await S3Bench.with { s3 in
            let body = String(repeating: "old", count: 200_000)
            try await s3.put("a", body)
            let begun = try await s3.respond(to: s3.presign(.get, "/imgn/a"))
            try await s3.put("a", "new")
            #expect(try await s3.call(.delete, "/imgn/a").status == 204)
            let answer = try await S3Answer(begun)
            #expect(answer.text == body)
        }
    }
}
