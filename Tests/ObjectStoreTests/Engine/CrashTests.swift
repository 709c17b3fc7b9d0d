import Foundation
import NIOCore
import Testing

@testable import ObjectStore

/// A crash is a copy of the folder, taken between two steps of a write and opened as a store.
@Suite("Crashes")
struct CrashTests {
    private static let old: [UInt8] = [1, 1, 1]
    private static let new: [UInt8] = Array(repeating: 2, count: 5000)

    /// What a crash at this moment leaves: the body of `key` after opening a copy of the folder again.
    private func bodyAfterCrash(_ test: TestStore, _ key: ObjectKey) async throws -> [UInt8]? {
        try await TemporaryFolder.with { parent in
            let copy = parent.appendingPathComponent("copy")
            try FileManager.default.copyItem(at: test.directory, to: copy)
            let again = try await TestStore.open(copy)
            #expect(try again.temporaryNames() == [])
            #expect(try await again.keys() == (again.head(key) == nil ? [] : [key]))
            let body = try await again.body(of: key)
            try await again.put(key, [3])
            #expect(try await again.body(of: key) == [3])
            return body
        }
    }

    private func info(_ key: ObjectKey) -> ObjectInfo {
        let sha256 = [UInt8](repeating: 7, count: 32)
        return ObjectInfo(key: key, byteCount: Int64(Self.new.count), etag: "e", lastModified: 1, sha256: sha256)
    }

    @Test("between any two steps of a write there is the whole old or the whole new object", arguments: [true, false])
    func everyStep(_ overwrites: Bool) async throws {
        try await TestStore.with { test in
            let key: ObjectKey = "incoming/a"
            if overwrites { try await test.put(key, Self.old) }
            let old = overwrites ? Self.old : nil
            let folder = test.store.folder

            let temporary = try folder.makeTemporaryFile()
            #expect(try await bodyAfterCrash(test, key) == old)
            try temporary.file.write(.init(bytes: Self.new.prefix(100)), at: 0)
            #expect(try await bodyAfterCrash(test, key) == old)
            try temporary.file.write(.init(bytes: Self.new), at: 0)
            #expect(try await bodyAfterCrash(test, key) == old)
            try temporary.seal(info(key))
            #expect(try await bodyAfterCrash(test, key) == old)
            if !overwrites {
                _ = try folder.bucket(TestStore.bucket).makeFolder("incoming")
                #expect(try await bodyAfterCrash(test, key) == nil)
            }
            let target = UploadTarget(bucket: TestStore.bucket, key: key, condition: .always)
            try folder.publish(temporary, as: target)
            #expect(try await bodyAfterCrash(test, key) == Self.new)
        }
    }

    @Test("a file that has its place but is still in tmp too is the whole new object")
    func linkedNotUnlinked() async throws {
        try await TestStore.with { test in
            let temporary = try test.store.folder.makeTemporaryFile()
            try temporary.file.write(.init(bytes: Self.new), at: 0)
            try temporary.seal(info("a"))
            let leftover = test.directory.appendingPathComponent("tmp").appendingPathComponent(temporary.name)
            try FileManager.default.linkItem(at: leftover, to: test.file(of: "a"))
            #expect(try await bodyAfterCrash(test, "a") == Self.new)
        }
    }

    @Test("a write that was cut off anywhere leaves nothing to see")
    func cutOff() async throws {
        try await TestStore.with { test in
            try await test.put("a", Self.old)
            let whole = try Data(contentsOf: test.file(of: "a"))
            let leftover = test.directory.appendingPathComponent("tmp").appendingPathComponent("leftover")
            for count in stride(from: 0, through: whole.count, by: 9) {
                try whole.prefix(count).write(to: leftover)
                #expect(try await bodyAfterCrash(test, "a") == Self.old)
            }
        }
    }

    @Test("a damaged object is corrupted for those who ask for it and no trouble for the rest")
    func damaged() async throws {
        try await TestStore.with { test in
            for key in ["a", "b", "c"] as [ObjectKey] { try await test.put(key) }
            let whole = try Data(contentsOf: test.file(of: "b"))
            for damaged in [Data(), whole.dropLast(), whole + [0], Data(count: whole.count)] {
                try damaged.write(to: test.file(of: "b"))
                await #expect(throws: ObjectStoreError.corrupted("b")) { try await test.head("b") }
                await #expect(throws: ObjectStoreError.corrupted("b")) { try await test.body(of: "b") }
                #expect(try await test.keys() == ["a", "c"])
            }
            await #expect(throws: ObjectStoreError.preconditionFailed) {
                try await test.put("b", plan: UploadPlan(condition: .ifAbsent))
            }
            try await test.put("b", [9])
            #expect(try await test.body(of: "b") == [9])
        }
    }

    @Test("an object that gets shorter while it is read is corrupted")
    func shrinking() async throws {
        try await TestStore.with { test in
            try await test.put("a", Self.new)
            await #expect(throws: ObjectStoreError.corrupted("a")) {
                try await test.store.withObject("a", in: TestStore.bucket) { reader in
                    let file = try FileHandle(forWritingTo: test.file(of: "a"))
                    try file.truncate(atOffset: 10)
                    _ = try await reader.read(0..<100)
                }
            }
        }
    }

    @Test("a store that is open cannot be opened a second time, and can be after it was closed")
    func onlyOnce() async throws {
        try await TemporaryFolder.with { directory in
            let error = ObjectStoreError.storageUnavailable(
                operation: "lock the store, which another process has open",
                errno: EWOULDBLOCK
            )
            do {
                let test = try await TestStore.open(directory)
                try await test.put("a", [1])
                await #expect(throws: error) { try await TestStore.open(directory) }
            }
            let again = try await TestStore.open(directory)
            #expect(try await again.body(of: "a") == [1])
        }
    }

    @Test("a folder that cannot be had is a storage failure, not a trap")
    func noFolder() async throws {
        try await TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("file")
            try Data().write(to: file)
            let below = file.appendingPathComponent("store")
            await #expect(throws: ObjectStoreError.self) { try await TestStore.open(below) }
        }
    }

    @Test("a folder is made with all its parents")
    func madeWithParents() async throws {
        try await TemporaryFolder.with { folder in
            let directory = folder.appendingPathComponent("a/b/c")
            let test = try await TestStore.open(directory)
            try await test.put("x", [1])
            #expect(FileManager.default.fileExists(atPath: directory.path + "/buckets/imgn/x.o"))
        }
        #expect(throws: ObjectStoreError.storageUnavailable(operation: "open a folder", errno: ENOENT)) {
            try Folder.make(path: "")
        }
    }

    @Test("folders are for their owner only")
    func modes() async throws {
        try await TestStore.with { test in
            try await test.put("a/b")
            let private700 = ["tmp", "buckets", "buckets/imgn", "buckets/imgn/a"]
            for name in private700 {
                let attributes = try FileManager.default.attributesOfItem(atPath: test.directory.path + "/" + name)
                #expect(attributes[.posixPermissions] as? Int == 0o700)
            }
            let attributes = try FileManager.default.attributesOfItem(atPath: test.file(of: "a/b").path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }
}
