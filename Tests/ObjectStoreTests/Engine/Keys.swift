@testable import ObjectStore

/// Keys that have broken object stores before.
enum Keys {
    /// Keys that try to leave the folder, to clash with each other or to be what a file cannot be called.
    static let hostile: [ObjectKey] = [
        "/", "//", "///", ".", "..", "../../x", "a/..", "a/../b", "./a", "/a", "a/", "a//b", "a", "a/b", "a/b/c",
        "/etc/passwd", "..%2f..%2fx", "%", "%%", "%41", "A", "%.o", "x.o", "x.o/", "x.o/y", "x", "x+", "x+/y", "x/+",
        "\0", "a\0b", "a\u{0}", "~", "-rf", "a b", " ", "\n", "\t\r\n", "\\", "C:\\x", "con", "*?<>|\"'`$(x)&;",
        "\u{E9}.png", "e\u{301}.png", "😀", "👩‍👩‍👧/👍🏽", "\u{202E}gnp.exe", "שלום/عالم", "日本語/日本",
        "\u{FEFF}", "\u{7F}",
        "lost+found", "tmp", "lock", "buckets", ".imgn", "a.o", "a.o.o", "a+", "a+.o",
        ObjectKey(repeating: "a", count: 79), ObjectKey(repeating: "a", count: 80),
        ObjectKey(repeating: "a", count: 81),
        ObjectKey(repeating: "a", count: 160), ObjectKey(repeating: "a", count: 255),
        ObjectKey(repeating: "a", count: 1024), ObjectKey(repeating: "/", count: 1024),
        ObjectKey(repeating: "é", count: 512), ObjectKey(repeating: "a/", count: 512),
        ObjectKey(repeating: "%", count: 1024), ObjectKey(repeating: ".", count: 1024),
    ]

    /// Different keys of few letters, so that many begin alike; some with components around the length of a piece.
    static func random(_ count: Int, seed: UInt64) -> [ObjectKey] {
        var random = SeededGenerator(seed: seed)
        let letters: [String] = ["a", "b", "/", "/", "!", ".", "-", "0", "~", "é", "😀", "%", "+", "\u{1}"]
        var keys: Set<ObjectKey> = []
        while keys.count < count {
            let stem = Int.random(in: 0..<8, using: &random) == 0 ? Int.random(in: 76...84, using: &random) : 0
            let rest = Int.random(in: 1...6, using: &random)
            let tail = (0..<rest).map { _ in letters.randomElement(using: &random) ?? "" }.joined()
            let text = String(repeating: "a", count: stem) + tail
            if let key = ObjectKey(rawValue: text) { keys.insert(key) }
        }
        return keys.shuffled(using: &random)
    }
}

extension ObjectKey {
    /// A text again and again.
    init(repeating text: String, count: Int) {
        self.init(stringLiteral: String(repeating: text, count: count))
    }
}
