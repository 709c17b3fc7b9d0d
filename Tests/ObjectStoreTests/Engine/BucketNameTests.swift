import Testing

@testable import ObjectStore

@Suite("Bucket names")
struct BucketNameTests {
    @Test("names by S3's rules are taken", arguments: ["imgn", "abc", "a-b.c-d", "0aa", "1.2.3", "a1.2.3.4"])
    func good(_ name: String) {
        #expect(BucketName(name)?.rawValue == name)
    }

    @Test(
        "names against S3's rules are refused",
        arguments: [
            "", "ab", String(repeating: "a", count: 64), "Abc", "a_b", "a/b", "..", "...", "a..b", ".ab", "ab.", "-ab",
            "ab-", "1.2.3.4", "xn--abc", "sthree-abc", "abc-s3alias", "abc--ol-s3", "äbc", "a b", "ab\0", "ab\n",
        ]
    )
    func bad(_ name: String) {
        #expect(BucketName(name) == nil)
    }

    @Test("the longest name is taken and buckets sort by their bytes")
    func longestAndOrder() {
        #expect(BucketName(String(repeating: "a", count: 63)) != nil)
        let names: [BucketName] = ["bab", "b.b", "b-b"]
        #expect(names.sorted() == ["b-b", "b.b", "bab"])
    }
}
