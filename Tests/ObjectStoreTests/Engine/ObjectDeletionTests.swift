import Foundation
import Testing

@testable import ObjectStore

@Suite("Deletions of objects")
struct ObjectDeletionTests {
    private static let bucket = TestStore.bucket

    @Test("a deletion says whether the object was there and removes folders that became empty")
    func delete() async throws {
        try await TestStore.with { test in
            try await test.put("a/b/c")
            try await test.put("a/d")
            #expect(try await test.store.delete("a/b/c", in: Self.bucket))
            #expect(try await !test.store.delete("a/b/c", in: Self.bucket))
            #expect(try await !test.store.delete("a/b/c/d/e", in: Self.bucket))
            #expect(try await !test.store.delete("a", in: Self.bucket))
            #expect(try FileManager.default.contentsOfDirectory(atPath: test.bucketFolder.path + "/a") == ["d.o"])
            #expect(try await test.store.delete("a/d", in: Self.bucket))
            #expect(try FileManager.default.contentsOfDirectory(atPath: test.bucketFolder.path) == [".cors"])
        }
    }
}
