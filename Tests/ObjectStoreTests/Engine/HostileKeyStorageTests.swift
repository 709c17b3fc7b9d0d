import Foundation
import Testing

@testable import ObjectStore

@Suite("Hostile keys on disk")
struct HostileKeyStorageTests {
    @Test("all are stored side by side inside of the folder, and come back byte for byte and in order")
    func sideBySide() async throws {
        try await TemporaryFolder.with { parent in
            let directory = parent.appendingPathComponent("data").appendingPathComponent("store")
            let test = try await TestStore.open(directory)
            for key in Keys.hostile { try await test.put(key, Array(key.rawValue.utf8)) }
            #expect(try await test.keys() == Keys.hostile.uniqued().sorted())
            for key in Keys.hostile { #expect(try await test.body(of: key) == Array(key.rawValue.utf8)) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["data"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path + "/data") == ["store"])
            let inStore = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            #expect(Set(inStore) == ["lock", "tmp", "buckets", "uploads"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path + "/buckets") == ["imgn"])

            for key in Keys.hostile.uniqued() { #expect(try await test.store.delete(key, in: TestStore.bucket)) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: test.bucketFolder.path) == [".cors"])
        }
    }

    @Test("a link in the tree is not followed, neither to read nor to write nor to list")
    func links() async throws {
        try await TestStore.with { test in
            let outside = test.directory.appendingPathComponent("outside")
            try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
            try await test.put("dir/x", [1])
            try FileManager.default.copyItem(at: test.file(of: "dir/x"), to: outside.appendingPathComponent("x.o"))
            let folderLink = test.bucketFolder.appendingPathComponent("link")
            try FileManager.default.createSymbolicLink(at: folderLink, withDestinationURL: outside)
            try await test.put("y", [1])
            let file = outside.appendingPathComponent("y.o")
            try FileManager.default.moveItem(at: test.file(of: "y"), to: file)
            try FileManager.default.createSymbolicLink(at: test.file(of: "y"), withDestinationURL: file)
            let whole = try Data(contentsOf: file)

            await #expect(throws: ObjectStoreError.self) { try await test.head("link/x") }
            await #expect(throws: ObjectStoreError.self) { try await test.put("link/new") }
            await #expect(throws: ObjectStoreError.self) { try await test.head("y") }
            await #expect(throws: ObjectStoreError.self) { try await test.store.delete("link/x", in: TestStore.bucket) }
            #expect(try await test.keys() == ["dir/x"])
            #expect(Set(try FileManager.default.contentsOfDirectory(atPath: outside.path)) == ["x.o", "y.o"])
            try await test.put("y", [5])
            #expect(try Data(contentsOf: file) == whole)
        }
    }

    @Test("what others put into the tree is neither listed nor in the way")
    func foreignFiles() async throws {
        try await TestStore.with { test in
            try await test.put("a/b")
            let folder = test.bucketFolder
            for name in ["lost+found", "folder.o"] {
                let path = folder.appendingPathComponent(name).path
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            }
            for name in [".DS_Store", "file-without-suffix", "folder.o/1", "folder.o/2"] {
                try Data([1]).write(to: folder.appendingPathComponent(name))
            }
            #expect(try await test.keys() == ["a/b"])
            await #expect(throws: ObjectStoreError.corrupted("folder")) { try await test.head("folder") }
        }
    }

    @Test("a pipe in the place of an object is corrupted and does not hold a thread", .timeLimit(.minutes(1)))
    func pipe() async throws {
        try await TestStore.with { test in
            #expect(unsafe mkfifo(test.file(of: "a").path, 0o600) == 0)
            await #expect(throws: ObjectStoreError.corrupted("a")) { try await test.head("a") }
        }
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, in the order in which it first came.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
