import Foundation
import Testing

@testable import ObjectStore

@Suite("Hostile keys")
struct HostileKeyTests {
    @Test("all are stored side by side inside of the folder, and come back byte for byte and in order")
    func sideBySide() async throws {
        try await TemporaryFolder.with { parent in
            let directory = parent.appendingPathComponent("data").appendingPathComponent("store")
            let test = try await TestStore.open(directory)
            for key in Keys.hostile { try await test.put(key, Array(key.rawValue.utf8)) }
            #expect(try await test.keys() == Keys.hostile.map(\.self).uniqued().sorted())
            for key in Keys.hostile { #expect(try await test.body(of: key) == Array(key.rawValue.utf8)) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["data"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path + "/data") == ["store"])
            let inStore = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            #expect(Set(inStore) == ["lock", "tmp", "buckets"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path + "/buckets") == ["imgn"])

            for key in Keys.hostile.uniqued() { #expect(try await test.store.delete(key, in: TestStore.bucket)) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: test.bucketFolder.path) == [])
        }
    }

    @Test("a link in the tree is not followed, neither to read nor to write nor to list")
    func links() async throws {
        try await TestStore.with { test in
            let outside = test.directory.appendingPathComponent("outside")
            try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
            try await test.put("dir/x", [1])
            let whole = try Data(contentsOf: test.file(of: "dir/x"))
            try whole.write(to: outside.appendingPathComponent("x.o"))
            let folderLink = test.bucketFolder.appendingPathComponent("link")
            try FileManager.default.createSymbolicLink(at: folderLink, withDestinationURL: outside)
            let fileLink = test.bucketFolder.appendingPathComponent("y.o")
            try FileManager.default.createSymbolicLink(at: fileLink, withDestinationURL: outside.appendingPathComponent("x.o"))

            await #expect(throws: ObjectStoreError.self) { try await test.head("link/x") }
            await #expect(throws: ObjectStoreError.self) { try await test.put("link/new") }
            await #expect(throws: ObjectStoreError.self) { try await test.head("y") }
            await #expect(throws: ObjectStoreError.self) { try await test.store.delete("link/x", in: TestStore.bucket) }
            #expect(try await test.keys() == ["dir/x"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == ["x.o"])
            try await test.put("y", [5])
            #expect(try Data(contentsOf: outside.appendingPathComponent("x.o")) == whole)
        }
    }

    @Test("what others put into the tree is neither listed nor in the way")
    func foreignFiles() async throws {
        try await TestStore.with { test in
            try await test.put("a/b")
            let folder = test.bucketFolder
            try FileManager.default.createDirectory(at: folder.appendingPathComponent("lost+found"), withIntermediateDirectories: true)
            try Data([1]).write(to: folder.appendingPathComponent(".DS_Store"))
            try Data([1]).write(to: folder.appendingPathComponent("file-without-suffix"))
            try FileManager.default.createDirectory(at: folder.appendingPathComponent("folder.o"), withIntermediateDirectories: true)
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
