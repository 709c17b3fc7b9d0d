import Testing

@testable import ObjectStore

@Suite("Copies of objects")
struct ObjectCopyTests {
    private static let bucket = TestStore.bucket

    @Test("a copy has the body, digests and metadata of its source, and a time of its own", arguments: [0, 3_000_000])
    func copy(_ count: Int) async throws {
        try await TestStore.with { test in
            let body = UploadTests.bytes(count)
            let plan = UploadPlan(metadata: ObjectMetadata(contentType: "image/png", user: ["a": "b"]))
            var expected = try await test.put("a", body, plan: plan)
            let copy = try await test.store.copy(from: "a", in: Self.bucket, to: "x/b", in: Self.bucket)
            expected.key = "x/b"
            expected.lastModified = 2000
            #expect(copy == expected)
            #expect(try await test.head("x/b") == expected)
            #expect(try await test.body(of: "x/b") == body)
            #expect(test.created.values == ["a", "x/b"])
            #expect(try test.temporaryNames() == [])
        }
    }

    @Test("a copy onto itself changes the metadata only")
    func ontoItself() async throws {
        try await TestStore.with { test in
            try await test.put("a", [1, 2])
            let metadata = ObjectMetadata(contentType: "text/plain")
            let copy = try await test.store.copy(
                from: "a",
                in: Self.bucket,
                to: "a",
                in: Self.bucket,
                metadata: metadata
            )
            #expect(copy?.metadata == metadata)
            #expect(try await test.head("a")?.metadata == metadata)
            #expect(try await test.body(of: "a") == [1, 2])
        }
    }

    @Test("a copy of nothing is nil, and a condition on the target holds for copies too")
    func conditions() async throws {
        try await TestStore.with { test in
            let nothing = try await test.store.copy(from: "a", in: Self.bucket, to: "b", in: Self.bucket)
            #expect(nothing == nil)
            try await test.put("a", [1])
            try await test.put("b", [2])
            await #expect(throws: ObjectStoreError.preconditionFailed) {
                try await test.store.copy(from: "a", in: Self.bucket, to: "b", in: Self.bucket, condition: .ifAbsent)
            }
            #expect(try await test.body(of: "b") == [2])
            #expect(try test.temporaryNames() == [])
        }
    }

    @Test("a copy that fails half-way leaves nothing")
    func failedCopy() async throws {
        try await TestStore.with { test in
            try await test.put("a", [1])
            let metadata = ObjectMetadata(user: ["long": String(repeating: "x", count: ObjectTrailer.maximumByteCount)])
            await #expect(throws: ObjectStoreError.metadataTooLarge(limit: ObjectTrailer.maximumByteCount)) {
                try await test.store.copy(from: "a", in: Self.bucket, to: "b", in: Self.bucket, metadata: metadata)
            }
            try await test.expectNothing(at: "b")
        }
    }
}
