import Testing

@testable import SigV4

@Suite("Percent coding")
struct URICodingTests {
    @Test("keeps exactly the unreserved bytes")
    func unreserved() {
        let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        for byte in UInt8.min...UInt8.max {
            let encoded = URICoding.encode(bytes: [byte])
            #expect((encoded.utf8.count == 1) == kept.contains(byte))
            #expect(URICoding.decode(encoded) == [byte])
        }
    }

    @Test("writes upper-case digits and keeps a slash only when asked")
    func spelling() {
        #expect(URICoding.encode("a/ü+ ") == "a%2F%C3%BC%2B%20")
        #expect(URICoding.encode("a/ü+ ", keepingSlash: true) == "a/%C3%BC%2B%20")
    }

    @Test("decodes either case; + stays a plus sign")
    func decoding() {
        #expect(URICoding.decodeString("a%2fb%2Fc+%C3%bc") == "a/b/c+ü")
        #expect(URICoding.decodeString("") == "")
    }

    @Test("bad escapes", arguments: ["%", "%2", "%zz", "a%f", "%%41", "%-1", "% 1"])
    func badEscapes(_ text: String) {
        #expect(URICoding.decode(text) == nil)
        #expect(URICoding.decodeString(text) == nil)
    }

    @Test("bytes that are not UTF-8 decode as bytes, not as text")
    func notUTF8() {
        #expect(URICoding.decode("%FF%00") == [0xFF, 0])
        #expect(URICoding.decodeString("%FF%00") == nil)
    }

    @Test(
        "a path is decoded and encoded once, and not normalised",
        arguments: [
            ("/a%2fb", "/a/b"), ("//./../", "//./../"), ("/a+b c", "/a%2Bb%20c"), ("/%7e%41", "/~A"),
            ("/a=b&c", "/a%3Db%26c"), ("/%", "/%25"), ("/%4", "/%254"), ("/%zz%41", "/%25zzA"),
        ]
    )
    func path(_ raw: String, _ canonical: String) {
        var bytes: [UInt8] = []
        let isWellFormed = URICoding.recode(ArraySlice(raw.utf8), as: .path, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == canonical)
        #expect(isWellFormed == (URICoding.decode(raw) != nil))
    }
}
