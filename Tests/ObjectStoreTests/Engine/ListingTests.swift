import Testing

@testable import ObjectStore

@Suite("Listing")
struct ListingTests {
    /// What a listing must say, from the sorted keys.
    private static func model(_ keys: [ObjectKey], _ query: ListQuery) -> (entries: [String], isTruncated: Bool) {
        let after = query.after.map { Array($0.utf8) } ?? []
        let prefix = Array(query.prefix.utf8)
        func rolledUp(_ key: [UInt8]) -> [UInt8]? {
            guard let delimiter = query.delimiter.map({ Array($0.utf8) }), !delimiter.isEmpty else { return nil }
            for end in (prefix.count...).prefix(while: { $0 + delimiter.count <= key.count })
            where Array(key[end..<end + delimiter.count]) == delimiter {
                return Array(key[..<(end + delimiter.count)])
            }
            return nil
        }
        var entries: [[UInt8]] = []
        for key in keys.map({ Array($0.rawValue.utf8) }) {
            guard key.starts(with: prefix), after.lexicographicallyPrecedes(key) else { continue }
            let entry = rolledUp(key) ?? key
            guard entry != after, entry != entries.last else { continue }
            entries.append(entry)
        }
        let limit = max(0, query.limit)
        let texts = entries.prefix(limit).map { String(decoding: $0, as: UTF8.self) }
        return (texts, limit > 0 && entries.count > limit)
    }

    private static func texts(_ page: ListPage) -> [String] {
        page.entries.map { entry in
            switch entry {
            case .object(let info): info.key.rawValue
            case .commonPrefix(let text): text
            }
        }
    }

    private static func expectSame(_ page: ListPage, _ keys: [ObjectKey], _ query: ListQuery) {
        let expected = model(keys, query)
        #expect(texts(page).map { Array($0.utf8) } == expected.entries.map { Array($0.utf8) }, "\(query)")
        #expect(page.isTruncated == expected.isTruncated, "\(query)")
        #expect(page.last == expected.entries.last, "\(query)")
    }

    @Test("any prefix, delimiter, start and limit give what a sorted list gives", arguments: 1...2)
    func againstModel(_ seed: Int) async throws {
        try await TestStore.with { test in
            let keys = Keys.random(120, seed: UInt64(seed))
            for key in keys { try await test.put(key, []) }
            let sorted = keys.sorted()
            #expect(try await test.keys() == sorted)
            var random = SeededGenerator(seed: UInt64(seed))
            for _ in 0..<150 {
                let some = keys.randomElement(using: &random)?.rawValue ?? ""
                let other = keys.randomElement(using: &random)?.rawValue ?? ""
                let query = ListQuery(
                    prefix: Bool.random(using: &random) ? "" : Self.start(of: some, &random),
                    delimiter: [nil, "/", "/", "a", "//", "é", ""].randomElement(using: &random) ?? nil,
                    after: [nil, other, Self.start(of: other, &random), "a/", ""].randomElement(using: &random) ?? nil,
                    limit: [0, 1, 2, 7, 1000].randomElement(using: &random) ?? 1
                )
                Self.expectSame(try await test.store.list(query, in: TestStore.bucket), sorted, query)
            }
        }
    }

    private static func start(of text: String, _ random: inout SeededGenerator) -> String {
        String(text.unicodeScalars.prefix(Int.random(in: 0...text.unicodeScalars.count, using: &random)))
    }

    @Test(
        "page after page gives everything once, with and without a delimiter",
        arguments: [nil, "/", "a"],
        [1, 3, 50]
    )
    func pages(_ delimiter: String?, _ limit: Int) async throws {
        try await TestStore.with { test in
            let keys = Keys.random(80, seed: 9)
            for key in keys { try await test.put(key, []) }
            var query = ListQuery(delimiter: delimiter, limit: limit)
            var all: [String] = []
            while true {
                let page = try await test.store.list(query, in: TestStore.bucket)
                all += Self.texts(page)
                #expect(page.entries.count <= limit)
                guard page.isTruncated else { break }
                query.after = page.last
            }
            let expected = Self.model(keys.sorted(), ListQuery(delimiter: delimiter, limit: 1000)).entries
            #expect(all.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
        }
    }

    @Test("a listing says of each object what the store knows of it")
    func infos() async throws {
        try await TestStore.with { test in
            let plan = UploadPlan(metadata: ObjectMetadata(contentType: "image/png"))
            let info = try await test.put("a/b", [1], plan: plan)
            let page = try await test.store.list(ListQuery(), in: TestStore.bucket)
            #expect(page == ListPage(entries: [.object(info)], isTruncated: false, last: "a/b"))
        }
    }

    @Test("empty folders are no common prefixes")
    func emptyFolders() async throws {
        try await TestStore.with { test in
            _ = try test.store.folder.bucket(TestStore.bucket).makeFolder("empty").makeFolder("deeper")
            #expect(try await test.store.list(ListQuery(delimiter: "/"), in: TestStore.bucket) == ListPage())
        }
    }

    @Test("a key as deep as keys can be needs no more than a few open files")
    func deep() async throws {
        try await TestStore.with { test in
            let keys = ["/b", "/c", "/d"].map { end in
                ObjectKey(stringLiteral: String(repeating: "a/", count: 500) + end)
            }
            for key in keys { try await test.put(key, []) }
            #expect(try await test.keys() == keys)
        }
    }
}
