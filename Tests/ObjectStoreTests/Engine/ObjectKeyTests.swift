import Testing

@testable import ObjectStore

@Suite("Object keys")
struct ObjectKeyTests {
    @Test("composed and decomposed letters are two keys, in every way of comparing")
    func comparesBytes() {
        let composed: ObjectKey = "\u{E9}"
        let decomposed: ObjectKey = "e\u{301}"
        #expect(composed.rawValue == decomposed.rawValue)
        #expect(!(composed == decomposed))
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(decomposed < composed)
        #expect(!(composed < decomposed))
    }

    @Test("equal bytes are one key")
    func equalBytes() {
        let key: ObjectKey = "a/b"
        #expect(key == ObjectKey("a/b"))
        #expect(!(key != "a/b"))
        #expect(Set([key, "a/b"]).count == 1)
    }

    @Test("keys are ordered by their bytes and not by the alphabet")
    func orderOfBytes() {
        let keys: [ObjectKey] = ["a", "a!", "a/", "aa", "b", "é", "日", "😀", "A"]
        #expect(keys.sorted().map(\.rawValue) == ["A", "a", "a!", "a/", "aa", "b", "é", "日", "😀"])
    }

    @Test("a key has 1 to 1024 bytes of UTF-8")
    func length() {
        #expect(ObjectKey(rawValue: "") == nil)
        #expect(ObjectKey(rawValue: String(repeating: "é", count: 512)) != nil)
        #expect(ObjectKey(rawValue: String(repeating: "é", count: 512) + "a") == nil)
    }
}
