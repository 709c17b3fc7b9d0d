import Foundation
import NIOCore
import Testing

@testable import ObjectStore

@Suite("A full disk")
struct FullDiskTests {
    @Test("what would leave less free space than asked for is refused before its body, whatever its length")
    func keepFree() async throws {
        try await TestStore.with(keepFreeBytes: .max / 2) { test in
            for byteCount in [nil, 0, 1, Int64.max] as [Int64?] {
                await #expect(throws: ObjectStoreError.noSpace) {
                    let plan = UploadPlan(byteCount: byteCount)
                    try await test.store.withUpload(to: "a", in: TestStore.bucket, plan: plan) { _ in
                        Issue.record("the body was asked for")
                    }
                }
            }
            try await test.expectNothing(at: "a")
        }
    }

    @Test("no upload in parts is begun on a disk that is as full as it may be")
    func keepFreeOfBeginnings() async throws {
        try await TestStore.with(keepFreeBytes: .max / 2) { test in
            await #expect(throws: ObjectStoreError.noSpace) { _ = try await test.start("a") }
            let left = try test.uploadNames() + test.temporaryNames()
            #expect(left == [])
        }
    }

    @Test("a body that is longer than the disk has room for is refused before it is sent")
    func tooLong() async throws {
        try await TestStore.with { test in
            await #expect(throws: ObjectStoreError.noSpace) {
                try await test.put("a", [], plan: UploadPlan(byteCount: .max))
            }
        }
    }

    @Test(
        "a disk that fills up refuses, keeps nothing of it, and works again when there is room",
        .enabled("a disk of a few megabytes can be mounted only by the administrator") { await SmallDisk.isAvailable }
    )
    func fillsUp() async throws {
        try await SmallDisk.with(byteCount: 4 << 20) { disk in
            try await TestStore.with(in: disk) { test in
                let half = UploadTests.bytes(2 << 20)
                try await test.put("a", half)
                await #expect(throws: ObjectStoreError.noSpace) { try await test.put("b", half + half) }
                #expect(try test.temporaryNames() == [])
                #expect(try await test.keys() == ["a"])
                #expect(try await test.body(of: "a") == half)
                #expect(try await test.store.delete("a", in: TestStore.bucket))
                try await test.put("b", half)
                #expect(try await test.body(of: "b") == half)
            }
        }
    }

    @Test(
        "free space is looked at again while a long body of unknown length comes in",
        .enabled("a disk of a few megabytes can be mounted only by the administrator") { await SmallDisk.isAvailable }
    )
    func runsLow() async throws {
        try await SmallDisk.with(byteCount: 32 << 20) { disk in
            try await TestStore.with(keepFreeBytes: 20 << 20, in: disk) { test in
                try await test.put("a", UploadTests.bytes(4 << 20))
                await #expect(throws: ObjectStoreError.noSpace) { try await test.put("b", UploadTests.bytes(16 << 20)) }
                #expect(try await test.keys() == ["a"])
            }
        }
    }
}
