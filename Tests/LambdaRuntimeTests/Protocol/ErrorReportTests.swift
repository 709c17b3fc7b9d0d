import NIOCore
import Testing

@testable import LambdaRuntime

/// How errors are told.
@Suite("ErrorReport")
struct ErrorReportTests {
    @Test(
        "a type is always one that the platform accepts",
        arguments: [
            ("StorageUnavailable", "Function.StorageUnavailable"), ("storageGone", "Function.StorageGone"),
            ("S3Error", "Function.SError"), ("a.b-c", "Function.Abc"), ("", "Function.Unknown"),
            ("7", "Function.Unknown"), ("X", "Function.Unknown"), ("Ärger", "Function.Rger"),
            ("A\r\nB: c", "Function.ABc"),
        ]
    )
    func types(word: String, type: String) {
        #expect(ErrorReport(.function, word, "").type == type)
    }

    @Test("a message is cut before it becomes as large as an answer")
    func longMessage() {
        let report = ErrorReport(.function, "Long", String(repeating: "é", count: 1_000_000))
        #expect(report.message.utf8.count <= ErrorReport.longestMessage + 8)
        #expect(report.message.hasSuffix("…"))
    }

    @Test("what a decoder could not read is an invalid event, with the place")
    func decoding() {
        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int?
            init(stringValue: String) { self.stringValue = stringValue }
            init(intValue: Int) { (stringValue, self.intValue) = ("", intValue) }
        }
        let path: [any CodingKey] = [Key(stringValue: "Records"), Key(intValue: 0)]
        let context = DecodingError.Context(codingPath: path, debugDescription: "is a number")
        let missing = ErrorReport(DecodingError.keyNotFound(Key(stringValue: "s3"), context))
        #expect(missing.type == "Function.InvalidEvent")
        #expect(missing.message == "the event cannot be used: Records.0.s3 is missing")
        let other = ErrorReport(DecodingError.typeMismatch(String.self, context))
        #expect(other.message == "the event cannot be used: Records.0: is a number")
        let top = DecodingError.Context(codingPath: [], debugDescription: "is no JSON")
        #expect(
            ErrorReport(DecodingError.dataCorrupted(top)).message == "the event cannot be used: its top: is no JSON"
        )
    }

    @Test("X-Ray's cause fits in a header: ASCII, one line, short")
    func traceCause() {
        let cause = ErrorReport(.function, "Sad", "é\r\n" + String(repeating: "x", count: 100_000)).traceCause
        #expect(cause.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        #expect(cause.utf8.count < 8_000)
        let start =
            #"{"working_directory":"","exceptions":[{"type":"Function.Sad","message":"\u00e9\r\nxxx"#
        #expect(cause.hasPrefix(start))
    }
}
