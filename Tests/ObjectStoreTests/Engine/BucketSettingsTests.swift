import Foundation
import Testing

@testable import ObjectStore

@Suite("Settings of a bucket on disk")
struct BucketSettingsTests {
    private static let rules = CORSConfiguration(rules: [
        CORSRule(
            id: "one",
            origins: ["https://*.example", "*"].compactMap(WildcardPattern.init),
            methods: ["GET", "PUT"],
            headers: ["x-AMZ-*"].compactMap(WildcardPattern.init),
            exposedHeaders: ["ETag"],
            maximumAgeSeconds: 0
        ),
        CORSRule(origins: ["<&>"].compactMap(WildcardPattern.init), methods: ["HEAD"]),
    ])

    @Test("a bucket of the configuration begins with rules for any origin, one that was made with none")
    func first() async throws {
        try await TestStore.with { test in
            #expect(test.store.cors(of: TestStore.bucket) == .anyOrigin)
            _ = try await test.store.createBucket("made-later")
            #expect(test.store.cors(of: "made-later") == nil)
            #expect(test.store.cors(of: "not-there") == nil)
        }
    }

    @Test("rules that were put are there after opening again, and so is their absence", arguments: [Self.rules, nil])
    func kept(rules: CORSConfiguration?) async throws {
        try await TemporaryFolder.with { directory in
            do {
                let store = try await TestStore.open(directory).store
                try await store.setCORS(rules, of: TestStore.bucket)
                #expect(store.cors(of: TestStore.bucket) == rules)
            }
            let again = try await TestStore.open(directory)
            #expect(again.store.cors(of: TestStore.bucket) == rules)
            #expect(try again.temporaryNames() == [])
        }
    }

    @Test("rules that cannot be read are none, and the store opens")
    func damaged() async throws {
        try await TemporaryFolder.with { directory in
            do { _ = try await TestStore.open(directory) }
            let file = directory.appendingPathComponent("buckets/imgn/.cors")
            try Data("<CORSConfiguration>".utf8).write(to: file)
            let again = try await TestStore.open(directory)
            #expect(again.store.cors(of: TestStore.bucket) == nil)
            try await again.store.setCORS(Self.rules, of: TestStore.bucket)
            #expect(again.store.cors(of: TestStore.bucket) == Self.rules)
        }
    }

    @Test("rules for a bucket that is not there are refused and leave nothing")
    func noBucket() async throws {
        try await TestStore.with { test in
            await #expect(throws: ObjectStoreError.noSuchBucket("not-there")) {
                try await test.store.setCORS(Self.rules, of: "not-there")
            }
            let leftovers = try test.temporaryNames()
            #expect(leftovers == [])
        }
    }

    @Test("the file of the rules is no object and no key reaches it")
    func notAnObject() async throws {
        try await TestStore.with { test in
            #expect(try await test.keys() == [])
            for key in [".cors", "./.cors", "/.cors", ".cors/x"] as [ObjectKey] {
                #expect(try await test.head(key) == nil)
                try await test.put(key)
                #expect(test.store.cors(of: TestStore.bucket) == .anyOrigin)
            }
            #expect(try await test.keys().count == 4)
        }
    }
}
