import Testing

@testable import SigV4

@Suite("Queries")
struct QueryTests {
    @Test("a raw query keeps order and repeats, and gives names without = an empty value")
    func raw() {
        let query = RawQuery("b=2&a&b=1&c=x=y&&=z&d=%2F+%2B")
        #expect(query.items.map(\.name) == ["b", "a", "b", "c", "", "d"])
        #expect(query.items.map(\.value) == ["2", "", "1", "x=y", "z", "/ +"])
        #expect(query.isWellFormed)
        #expect(query.first("b") == "2")
        #expect(query.first("B") == nil)
        #expect(RawQuery("").items.isEmpty)
    }

    @Test("a raw query that cannot be read says so", arguments: [("a=%", "%"), ("a=%z", "%z"), ("a=%FF", "\u{FFFD}")])
    func malformed(_ raw: String, _ value: String) {
        let query = RawQuery(raw)
        #expect(!query.isWellFormed)
        #expect(query.first("a") == value)
    }

    @Test(
        "the canonical query is sorted by encoded name, then by encoded value",
        arguments: [
            ("b=2&a=1", "a=1&b=2"), ("uploads", "uploads="), ("a-b=1&a=2", "a=2&a-b=1"), ("a=b&a=B&a", "a=&a=B&a=b"),
            ("list-type=2&X-Amz-Date=1", "X-Amz-Date=1&list-type=2"), ("a=+%2b%2f", "a=%20%2B%2F"), ("&&", ""),
            ("é=ü", "%C3%A9=%C3%BC"), ("a=b=c", "a=b%3Dc"), ("=", "="), ("z&%41", "A=&z="),
        ]
    )
    func canonical(_ raw: String, _ expected: String) {
        var bytes: [UInt8] = []
        CanonicalQuery(ArraySlice(raw.utf8)).write(to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test("the signature is left out of the canonical query only where asked")
    func leavingOut() {
        let query = CanonicalQuery(ArraySlice("X-Amz-Signature=1&a=2&X-Amz-Signature=3&X-Amz-Signatures=4".utf8))
        var bytes: [UInt8] = []
        query.write(to: &bytes, leavingOut: "X-Amz-Signature")
        #expect(String(decoding: bytes, as: UTF8.self) == "X-Amz-Signatures=4&a=2")
        let first = query.value(of: "X-Amz-Signature")
        #expect(first.map { Array($0.encoded) } == Array("1".utf8))
        #expect(first?.isRepeated == true)
        #expect(query.value(of: "a")?.isRepeated == false)
        #expect(query.value(of: "b") == nil)
    }
}
