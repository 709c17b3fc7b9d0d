import NIOCore
import Testing

@testable import ObjectStore

@Suite("Conditional writes")
struct ConditionTests {
    private static let bucket = TestStore.bucket

    @Test(
        "what exists is refused before a byte of the body is read",
        arguments: [WriteCondition.ifAbsent, .ifMatch(etag: "x")]
    )
    func early(_ condition: WriteCondition) async throws {
        try await TestStore.with { test in
            try await test.put("a", [1])
            await #expect(throws: ObjectStoreError.preconditionFailed) {
                try await test.store.withUpload(to: "a", in: Self.bucket, plan: UploadPlan(condition: condition)) { _ in
                    Issue.record("the body was asked for")
                }
            }
            #expect(try await test.body(of: "a") == [1])
        }
    }

    @Test("what appears while the body is read is refused at the end")
    func late() async throws {
        try await TestStore.with { test in
            await #expect(throws: ObjectStoreError.preconditionFailed) {
                let plan = UploadPlan(condition: .ifAbsent)
                try await test.store.withUpload(to: "a/b", in: Self.bucket, plan: plan) { upload in
                    try await test.put("a/b", [1])
                    _ = try await upload.commit()
                }
            }
            let etag = try #require(try await test.head("a/b")?.etag)
            await #expect(throws: ObjectStoreError.preconditionFailed) {
                let plan = UploadPlan(condition: .ifMatch(etag: etag))
                try await test.store.withUpload(to: "a/b", in: Self.bucket, plan: plan) { upload in
                    try await test.put("a/b", [2])
                    _ = try await upload.commit()
                }
            }
            #expect(try await test.body(of: "a/b") == [2])
            #expect(try test.temporaryNames() == [])
        }
    }

    @Test("a matching entity tag replaces, a missing object matches none")
    func ifMatch() async throws {
        try await TestStore.with { test in
            let plan = UploadPlan(condition: .ifMatch(etag: "x"))
            await #expect(throws: ObjectStoreError.preconditionFailed) { try await test.put("a", [1], plan: plan) }
            let first = try await test.put("a", [1])
            try await test.put("a", [2], plan: UploadPlan(condition: .ifMatch(etag: first.etag)))
            #expect(try await test.body(of: "a") == [2])
            await #expect(throws: ObjectStoreError.preconditionFailed) {
                try await test.put("a", [3], plan: UploadPlan(condition: .ifMatch(etag: first.etag)))
            }
        }
    }

    @Test("after a deletion the key is free again")
    func freeAgain() async throws {
        try await TestStore.with { test in
            try await test.put("a", [1], plan: UploadPlan(condition: .ifAbsent))
            #expect(try await test.store.delete("a", in: Self.bucket))
            try await test.put("a", [2], plan: UploadPlan(condition: .ifAbsent))
            #expect(try await test.body(of: "a") == [2])
        }
    }

    @Test("of 16 racing writers of an absent key exactly one wins", arguments: 0..<10)
    func raceIfAbsent(_ round: Int) async throws {
        try await TestStore.with { test in
            try await expectOneWinner(of: 16, plan: UploadPlan(condition: .ifAbsent), test)
            #expect(test.created.values.count == 1)
        }
    }

    @Test("of 16 racing writers that saw the same object exactly one wins", arguments: 0..<10)
    func raceIfMatch(_ round: Int) async throws {
        try await TestStore.with { test in
            let first = try await test.put("a/b", [200])
            try await expectOneWinner(of: 16, plan: UploadPlan(condition: .ifMatch(etag: first.etag)), test)
        }
    }

    private func expectOneWinner(of count: UInt8, plan: UploadPlan, _ test: TestStore) async throws {
        let winners = try await withThrowingTaskGroup(of: UInt8?.self) { group in
            for number in 0..<count {
                group.addTask {
                    do {
                        try await test.put("a/b", [number], plan: plan)
                        return number
                    } catch ObjectStoreError.preconditionFailed {
                        return nil
                    }
                }
            }
            return try await group.reduce(into: []) { winners, winner in winners += winner.map { [$0] } ?? [] }
        }
        #expect(winners.count == 1)
        #expect(try await test.body(of: "a/b") == winners)
        #expect(try test.temporaryNames() == [])
    }

    @Test("writers and deleters in one folder never lose an acknowledged object", arguments: 0..<5)
    func raceWithDeletes(_ round: Int) async throws {
        try await TestStore.with { test in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let own = ObjectKey(stringLiteral: "x/y/\(number)")
                        for _ in 0..<20 {
                            try await test.put(own, [UInt8(number)])
                            #expect(try await test.body(of: own) == [UInt8(number)])
                            #expect(try await test.store.delete(own, in: Self.bucket))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await test.keys() == [])
        }
    }
}
