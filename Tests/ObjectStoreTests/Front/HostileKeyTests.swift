import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("Hostile keys")
struct HostileKeyTests {
    @Test(
        "any text is a key, kept byte for byte, and never leaves its bucket",
        arguments: [
            "../../etc/passwd", "..", ".", "/", "//", "/a", "a//b", "a/", "a/./b", "a/../b", "..\\..\\x", "%2e%2e%2f",
            "a%2Fb",
            "nul\u{0}byte", "line\r\nbreak", "\u{202E}gnp.exe", "😀/🦊", "e\u{301}", "\u{E9}", " ", "+", "a+b c", "?",
            "a?b=c&d",
            "#", ";:@&=$,!*'()~", "\"><img src=x onerror=alert(1)>.png", "CON", String(repeating: "n", count: 1024),
            String(repeating: "/", count: 1024),
        ]
    )
    func roundTrip(key: String) async throws {
        try await S3Bench.with { s3 in
            #expect(try await s3.put(key, "body of it").status == 200)
            let target = "/imgn/" + URICoding.encode(key, keepingSlash: true)
            #expect(try await s3.call(.get, target).text == "body of it")
            let slashes = "/imgn/" + URICoding.encode(key, keepingSlash: false)
            #expect(try await s3.send(s3.presign(.get, slashes)).text == "body of it")
            let list = try await s3.call(.get, "/imgn?list-type=2&encoding-type=url")
            #expect(list.elements("Key") == [URICoding.encode(key, keepingSlash: true)])
            #expect(try await s3.call(.delete, target).status == 204)
            let rest = try await s3.call(.get, "/imgn?list-type=2")
            #expect(rest.element("KeyCount") == "0")
        }
    }

    @Test("composed and decomposed é are two keys")
    func normalForms() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("\u{E9}", "composed")
            try await s3.put("e\u{301}", "decomposed")
            #expect(try await s3.call(.get, "/imgn/%C3%A9").text == "composed")
            #expect(try await s3.call(.get, "/imgn/e%CC%81").text == "decomposed")
        }
    }

    @Test("a key in an error document is escaped")
    func escaped() async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.get, "/imgn/%3Cscript%3E%00%26")
            #expect(answer.element("Key") == "&lt;script&gt;\u{FFFD}&amp;")
        }
    }
}
