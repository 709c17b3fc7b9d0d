import Testing

@testable import ObjectStore

@Suite("Names in the tree")
struct TreeNameTests {
    private static let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_%+".utf8)

    @Test("no key leads out of the folder or to a name that is too long", arguments: Keys.hostile)
    func safe(_ key: ObjectKey) {
        let path = ObjectPath(key)
        #expect(path.file.hasSuffix(".o"))
        for name in path.folders + [String(path.file.dropLast(2))] {
            #expect(!name.isEmpty)
            #expect(name.utf8.count <= 253)
            #expect(name.utf8.allSatisfy(Self.allowed.contains))
        }
    }

    @Test("a path says which key it is for", arguments: Keys.hostile)
    func roundTrip(_ key: ObjectKey) throws {
        let path = ObjectPath(key)
        let names = try (path.folders + [path.file]).map { try #require(TreeName(fileName: $0)) }
        #expect(names.flatMap(\.keyBytes) == Array(key.rawValue.utf8))
        #expect(names.map(\.fileName) == path.folders + [path.file])
    }

    @Test("a file and a folder of one name, or of a name with a suffix, never clash")
    func noClash() {
        let paths = Keys.hostile.map { ObjectPath($0) }
        let files = paths.map { $0.folders + [$0.file] }
        #expect(Set(files).count == Keys.hostile.count)
        let folders = Set(paths.flatMap { path in path.folders.indices.map { Array(path.folders[...$0]) } })
        #expect(folders.isDisjoint(with: files))
    }

    @Test("paths sorted name by name are in the order of the keys", arguments: 1...5)
    func order(_ seed: Int) throws {
        let keys = Keys.random(300, seed: UInt64(seed)) + Keys.hostile
        let paths = try keys.map { key in
            let path = ObjectPath(key)
            return (key, try (path.folders + [path.file]).map { try #require(TreeName(fileName: $0)).keyBytes })
        }
        let sorted = paths.sorted { left, right in
            left.1.lexicographicallyPrecedes(right.1) { $0.lexicographicallyPrecedes($1) }
        }
        #expect(sorted.map(\.0) == keys.sorted())
    }

    @Test(
        "names that the store would not have written are not its own",
        arguments: [
            "", ".", "..", ".o", "+", "lost+found", "a.b", "a.o.o", "%4", "%4G", "%e9.o", "%41.o", "a%.o", "%%", "é",
            "a b", "a+", String(repeating: "a", count: 80), String(repeating: "a", count: 80) + ".o",
            String(repeating: "a", count: 79) + "+", String(repeating: "a", count: 81) + "+",
        ]
    )
    func foreign(_ name: String) {
        #expect(TreeName(fileName: name) == nil)
    }
}
