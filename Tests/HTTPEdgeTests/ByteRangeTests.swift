import HTTPEdge
import Testing

@Suite("What a Range header asks for")
struct ByteRangeTests {
    @Test(
        "one satisfiable range is that part, cut at the end",
        arguments: [
            ("bytes=0-9", 0..<10), ("bytes=10-", 10..<100), ("bytes=-5", 95..<100), ("bytes=90-1000", 90..<100),
            ("bytes=-1000", 0..<100), ("BYTES=99-99", 99..<100), ("bytes=5-99999999999999999999", 5..<100),
        ] as [(String, Range<Int64>)]
    )
    func parts(header: String, part: Range<Int64>) {
        #expect(ByteRange(header, byteCount: 100) == .part(part))
    }

    @Test(
        "no, several or malformed ranges are the whole",
        arguments: [
            nil, "", "bytes=", "bytes=-", "bytes=5-1", "bytes=0-1,3-4", "items=0-1", "bytes=a-b", "bytes=1-2-3",
            "bytes= 1-2",
        ]
    )
    func whole(header: String?) {
        #expect(ByteRange(header, byteCount: 100) == .whole)
    }

    @Test("nothing of it in the object is unsatisfiable", arguments: ["bytes=100-", "bytes=100-200", "bytes=-0"])
    func unsatisfiable(header: String) {
        #expect(ByteRange(header, byteCount: 100) == .unsatisfiable)
    }

    @Test("an empty object satisfies no range", arguments: ["bytes=0-", "bytes=-1", "bytes=0-0"])
    func empty(header: String) {
        #expect(ByteRange(header, byteCount: 0) == .unsatisfiable)
    }

    @Test(
        "entity tags match with and without quotes, weak or not, in lists",
        arguments: [
            ("\"a\"", true), ("a", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("*", true), ("\"b\"", false),
            ("", false),
        ]
    )
    func entityTags(condition: String, matches: Bool) {
        #expect(EntityTag.matches(condition, "a") == matches)
    }
}
