import Testing

@testable import ObjectStore

@Suite("Listing unfinished uploads")
struct MultipartListingTests {
    private func list(_ test: TestStore, _ query: MultipartQuery) async throws -> [String] {
        try await test.store.multipartUploads(in: TestStore.bucket, query).entries.map { entry in
            switch entry {
            case .upload(let upload): upload.upload.key.rawValue
            case .commonPrefix(let prefix): "(\(prefix))"
            }
        }
    }

    @Test("uploads come by the bytes of their keys, those of one key by their start")
    func order() async throws {
        try await TestStore.with { test in
            let late = try await test.start("b")
            let early = try await test.start("é")
            let first = try await test.start("a")
            let again = try await test.start("b")
            #expect(try await test.uploads() == [first.id, late.id, again.id, early.id])
        }
    }

    @Test("prefix and delimiter choose and roll up")
    func rollUp() async throws {
        try await TestStore.with { test in
            for key in ["x/a", "x/b", "y", "x/c/d", "xy"] as [ObjectKey] { _ = try await test.start(key) }
            #expect(try await list(test, .init(delimiter: "/")) == ["(x/)", "xy", "y"])
            #expect(try await list(test, .init(prefix: "x/")) == ["x/a", "x/b", "x/c/d"])
            #expect(try await list(test, .init(prefix: "x/", delimiter: "/")) == ["x/a", "x/b", "(x/c/)"])
            #expect(try await list(test, .init(prefix: "z")) == [])
            #expect(try await list(test, .init(limit: 0)) == [])
        }
    }

    @Test("page after page gives everything once, with and without a delimiter", arguments: [nil, "/"], 1...4)
    func pages(_ delimiter: String?, _ limit: Int) async throws {
        try await TestStore.with { test in
            for key in ["a", "a", "b/1", "a", "b/2", "c", "c/1", "b/1"] as [ObjectKey] { _ = try await test.start(key) }
            let all = try await test.store.multipartUploads(in: TestStore.bucket, .init(delimiter: delimiter)).entries
            var found: [MultipartPage.Entry] = []
            var query = MultipartQuery(delimiter: delimiter, limit: limit)
            while true {
                let page = try await test.store.multipartUploads(in: TestStore.bucket, query)
                #expect(page.entries.count == limit || !page.isTruncated)
                found += page.entries
                guard page.isTruncated else { break }
                query.afterKey = page.lastKey
                query.afterID = page.lastID
            }
            #expect(found == all)
            #expect(all.count == (delimiter == nil ? 8 : 6))
        }
    }

    @Test("a key alone as marker leaves out all of its uploads; an id alone means nothing")
    func markers() async throws {
        try await TestStore.with { test in
            let first = try await test.start("a")
            let second = try await test.start("a")
            _ = try await test.start("b")
            #expect(try await list(test, .init(afterKey: "a")) == ["b"])
            #expect(try await list(test, .init(afterKey: "a", afterID: first.id)) == ["a", "b"])
            #expect(try await list(test, .init(afterKey: "a", afterID: second.id)) == ["b"])
            #expect(try await list(test, .init(afterID: second.id)) == ["a", "a", "b"])
        }
    }

    @Test("uploads of a bucket that is none are not listed")
    func noBucket() async throws {
        try await TestStore.with { test in
            await #expect(throws: ObjectStoreError.noSuchBucket("nowhere")) {
                try await test.store.multipartUploads(in: "nowhere")
            }
        }
    }
}
