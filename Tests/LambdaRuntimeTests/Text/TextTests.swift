import Testing

@testable import LambdaRuntime

/// The few texts that the kit writes itself.
@Suite("Texts")
struct TextTests {
    @Test("any string becomes valid JSON on one line")
    func escapes() {
        var json = JSONText()
        json.string("a\"b\\c\nd\r\te\u{0}\u{1}\u{1F}\u{7F}é🖼\r\n")
        #expect(json.text == #""a\"b\\c\nd\r\te\u0000\u0001\u001f\u007fé🖼\r\n""#)
    }

    @Test("for a header all that is not ASCII is escaped, above the basic plane as two")
    func ascii() {
        var json = JSONText(ascii: true)
        json.string("é🖼")
        #expect(json.text == #""\u00e9\ud83d\uddbc""#)
    }

    @Test("fields and values are parted by commas, at every depth")
    func nesting() {
        var json = JSONText()
        json.object { json in
            json.field("a", "x")
            json.field("b") { json in
                json.array { json in
                    json.number(1)
                    json.object { _ in }
                    json.strings([])
                    json.object { $0.field("c", "d") }
                }
            }
            json.field("e") { $0.number(1.5) }
        }
        #expect(json.text == #"{"a":"x","b":[1,{},[],{"c":"d"}],"e":1.5}"#)
    }

    @Test("numbers that JSON cannot say are null, whole ones have no fraction")
    func numbers() {
        var json = JSONText()
        json.array { json in
            for value in [Double.nan, .infinity, 3, -0.25, 1e300] { json.number(value) }
        }
        #expect(json.text == "[null,null,3,-0.25,1e+300]")
    }

    @Test(
        "base64 as in RFC 4648",
        arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
    )
    func base64(bytes: String, text: String) {
        #expect(Base64Text.encoded(bytes.utf8) == text)
    }

    @Test("base64 of bytes above 127")
    func base64Binary() {
        #expect(Base64Text.encoded([0xFB, 0xFF, 0xFE]) == "+//+")
    }

    @Test(
        "moments as RFC 3339 writes them, leap days and the past too",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_123, "2000-02-29T00:00:00.123Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (1_709_251_200_000, "2024-03-01T00:00:00.000Z"),
            (4_102_444_800_000, "2100-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        ]
    )
    func moments(milliseconds: Int64, text: String) {
        #expect(WallTime(milliseconds: milliseconds).rfc3339 == text)
    }

    @Test("endpoints with IPv4, IPv6 and a name")
    func endpoints() {
        #expect(RuntimeEndpoint("127.0.0.1:9001") == RuntimeEndpoint(host: "127.0.0.1", port: 9001))
        #expect(RuntimeEndpoint("[::1]:80")?.host == "::1")
        #expect(RuntimeEndpoint("[::1]:80")?.authority == "[::1]:80")
        #expect(RuntimeEndpoint("localhost:1")?.authority == "localhost:1")
    }

    @Test(
        "what is no endpoint",
        arguments: ["", "127.0.0.1", ":80", "a:0", "a:65536", "a:b", "http://a:1/", "a\r\nb:1"]
    )
    func noEndpoint(text: String) {
        #expect(RuntimeEndpoint(text) == nil)
    }
}
