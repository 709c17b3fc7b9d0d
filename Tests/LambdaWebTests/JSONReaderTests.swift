import Foundation
import NIOCore
import Testing

@testable import LambdaWeb

@Suite("Reading JSON")
struct JSONReaderTests {
    @Test("values of every kind come out as they were")
    func values() throws {
        let text = #" {"a":[1,-2.5e3,true,false,null,""],"b":{"c":"d"},"empty":{},"none":[]} "#
        guard case .object(let members) = try JSONReader.value(of: ByteBuffer(string: text)) else {
            Issue.record("no object")
            return
        }
        #expect(members.map(\.name) == ["a", "b", "empty", "none"])
        guard case .array(let elements) = members[0].value else {
            Issue.record("no list")
            return
        }
        #expect(elements.count == 6)
    }

    @Test(
        "escapes become what they stand for",
        arguments: [
            (#"a\"\\\/\b\f\n\r\tz"#, "a\"\\/\u{8}\u{c}\n\r\tz"), (#"\u00e9\u4e2d"#, "é中"), (#"\ud83d\uDE00!"#, "😀!"),
            (#"\ud83d"#, "\u{FFFD}"), (#"\ud83d\u0041"#, "\u{FFFD}A"), (#"\\"#, "\\"), (#"\\\\\""#, "\\\\\""),
            ("é", "é"),
        ]
    )
    func escapes(written: String, meant: String) throws {
        guard case .string(let string) = try JSONReader.value(of: ByteBuffer(string: "\"\(written)\"")) else {
            Issue.record("no string")
            return
        }
        #expect(try string.text() == meant)
    }

    @Test("a broken escape is said to be one", arguments: [#"\x"#, #"\u12"#, #"\u12g4"#, #"\ud83"#])
    func brokenEscapes(written: String) throws {
        guard case .string(let string) = try JSONReader.value(of: ByteBuffer(string: "\"ab\(written)\"")) else {
            Issue.record("no string")
            return
        }
        #expect(throws: JSONError.brokenEscape(offset: 2)) { try string.text() }
    }

    @Test(
        "what is not JSON is refused",
        arguments: [
            "", " ", "{", "[1", "\"a", #""a\""#, "{\"a\"}", "{\"a\":}", "{a:1}", "[1,]", "{\"a\":1,}", "tru", "nul!",
            "1 2",
            "[1}", "-", "1e", "+", "--1", "{} x", "'a'", "\u{feff}{}",
        ]
    )
    func notJSON(text: String) {
        #expect(throws: JSONError.self) { try JSONReader.value(of: ByteBuffer(string: text)) }
    }

    @Test("depth and number of values are limited")
    func limits() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError.tooDeep(limit: 64)) { try JSONReader.value(of: ByteBuffer(string: deep)) }
        let many = "[" + String(repeating: "0,", count: 50_000) + "0]"
        #expect(throws: JSONError.tooManyValues(limit: 20_000)) { try JSONReader.value(of: ByteBuffer(string: many)) }
    }

    @Test("every prefix of an event is refused without trapping")
    func prefixes() throws {
        let event = try JSONSerialization.data(withJSONObject: Events.http(["body": "ä\"\\\u{1}😀"]))
        for count in 0..<event.count {
            #expect(throws: JSONError.self) { try JSONReader.value(of: ByteBuffer(bytes: event.prefix(count))) }
        }
    }

    @Test("what Foundation writes is read as Foundation reads it", arguments: 0..<200)
    func agreesWithFoundation(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let scalars = (0..<40).map { _ in Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random)) ?? "\"" }
        let text = String(String.UnicodeScalarView(scalars))
        let data = try JSONSerialization.data(withJSONObject: ["k": text])
        guard case .object(let members) = try JSONReader.value(of: ByteBuffer(bytes: data)),
            case .string(let string)? = members.first?.value
        else {
            Issue.record("no string")
            return
        }
        #expect(try Array(string.text().unicodeScalars) == scalars)
    }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
