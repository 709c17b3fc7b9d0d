import NIOCore
import Testing

@testable import ObjectStore

@Suite("Races of multipart uploads")
struct MultipartRaceTests {
    private static let bodies: [[UInt8]] = [[1, 1, 1, 1], [2, 2, 2, 2], [3]]

    @Test("of completions at once all get the one object, and it is created once", arguments: 0..<5)
    func completions(_ round: Int) async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a/b", Self.bodies)
            let infos = try await withThrowingTaskGroup(of: ObjectInfo.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await test.store.completeMultipart(upload, parts: parts, condition: .ifAbsent)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(infos.count == 8)
            #expect(infos.allSatisfy { $0 == infos.first })
            #expect(test.created.values == ["a/b"])
            #expect(try test.uploadNames() == [])
            #expect(try test.temporaryNames() == [])
        }
    }

    @Test("completions of two uploads of one key do not wait for each other, and one object is there", arguments: 0..<5)
    func twoUploads(_ round: Int) async throws {
        try await TestStore.with { test in
            let (one, oneParts) = try await test.upload("a", [[1]])
            let (two, twoParts) = try await test.upload("a", [[2]])
            async let first = test.outcome {
                try await test.store.completeMultipart(one, parts: oneParts, condition: .ifAbsent)
            }
            async let second = test.outcome {
                try await test.store.completeMultipart(two, parts: twoParts, condition: .ifAbsent)
            }
            let outcomes = await [first, second]
            #expect(outcomes.compactMap(\.self) == [.preconditionFailed])
            #expect(test.created.values == ["a"])
            #expect(try await test.uploads().count == 1)
        }
    }

    @Test("a part that is on its way when its upload ends is refused, and leaves nothing")
    func partAfterAbort() async throws {
        try await TestStore.with { test in
            let upload = try await test.start("a")
            await #expect(throws: ObjectStoreError.noSuchUpload(upload.id)) {
                try await test.store.withPart(1, of: upload) { part in
                    try await part.write(ByteBuffer(bytes: [1, 2, 3]))
                    #expect(try await test.store.abortMultipart(upload))
                    return try await part.commit()
                }
            }
            #expect(try test.uploadNames() == [])
            #expect(try test.temporaryNames() == [])
        }
    }

    @Test("parts against the end of their upload are kept or refused, and nothing is left", arguments: 0..<10)
    func partsAgainstAbort(_ round: Int) async throws {
        try await TestStore.with { test in
            let upload = try await test.start("a")
            await withTaskGroup(of: Void.self) { group in
                for number in 1...12 {
                    group.addTask {
                        let error = await test.outcome { try await test.send(number, [UInt8(number)], to: upload) }
                        #expect(error == nil || error == .noSuchUpload(upload.id))
                    }
                }
                group.addTask { #expect(await test.outcome { try await test.store.abortMultipart(upload) } == nil) }
            }
            #expect(try await test.uploads() == [])
            #expect(try test.uploadNames() == [])
            #expect(try test.temporaryNames() == [])
        }
    }

    @Test("of completion and end at once exactly one happens", arguments: 0..<20)
    func completionAgainstAbort(_ round: Int) async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", Self.bodies)
            async let refusal = test.outcome { try await test.store.completeMultipart(upload, parts: parts) }
            async let isAborted = test.store.abortMultipart(upload)
            let (error, aborted) = try await (refusal, isAborted)
            #expect(error == (aborted ? .noSuchUpload(upload.id) : nil))
            #expect(try await test.body(of: "a") == (aborted ? nil : Array(Self.bodies.joined())))
            #expect(test.created.values.isEmpty == aborted)
            #expect(try test.uploadNames() == [])
            #expect(try test.temporaryNames() == [])
        }
    }

    @Test("a part replaced during the completion is the listed one, or the completion is refused", arguments: 0..<10)
    func replacedPart(_ round: Int) async throws {
        let old = [UInt8](repeating: 1, count: 300_000)
        let new = [UInt8](repeating: 9, count: 300_000)
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", [old, old, old])
            async let refusal = test.outcome { try await test.store.completeMultipart(upload, parts: parts) }
            async let replaced = test.outcome { try await test.send(round % 3 + 1, new, to: upload) }
            let (error, replacing) = await (refusal, replaced)
            if error == nil {
                #expect(try await test.body(of: "a") == old + old + old)
                #expect(replacing == nil || replacing == .noSuchUpload(upload.id))
            } else {
                #expect(error == .invalidPart(number: round % 3 + 1))
                #expect(replacing == nil)
                #expect(try await test.head("a") == nil)
                #expect(try await test.uploads() == [upload.id])
            }
        }
    }

    @Test("of two senders of one part the last to finish stays")
    func lastToFinish() async throws {
        try await TestStore.with { test in
            let upload = try await test.start("a")
            let slow = try await test.store.withPart(1, of: upload) { part in
                try await part.write(ByteBuffer(bytes: [1]))
                try await test.send(1, [2], to: upload)
                return try await part.commit()
            }
            let parts = try await test.store.parts(of: upload).parts
            #expect(parts.map(\.etag) == [slow.etag])
        }
    }

    @Test("turns are taken one at a time, in order, and by each upload for itself")
    func turns() async throws {
        let turns = CompletionTurns()
        let one = MultipartUploadID(startedAt: 1)
        let two = MultipartUploadID(startedAt: 2)
        let log = Recorder<Int>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await turns.take(one) { () async throws(ObjectStoreError) in
                        log.append(number)
                        await Task.yield()
                        log.append(number)
                        // A turn inside of another one's: with one turn for all, this would wait for ever.
                        try await turns.take(two) { () async throws(ObjectStoreError) in await Task.yield() }
                    }
                }
            }
            try await group.waitForAll()
        }
        let values = log.values
        #expect(values.count == 40)
        for index in stride(from: 0, to: values.count, by: 2) { #expect(values[index] == values[index + 1]) }
        await #expect(throws: ObjectStoreError.noSpace) {
            try await turns.take(one) { () async throws(ObjectStoreError) in throw .noSpace }
        }
        try await turns.take(one) { () async throws(ObjectStoreError) in log.append(99) }
        #expect(log.values.last == 99)
    }
}

extension TestStore {
    /// The error with which the store refuses `body`; `nil` when it succeeds.
    func outcome(_ body: @Sendable () async throws -> some Sendable) async -> ObjectStoreError? {
        do {
            _ = try await body()
            return nil
        } catch let error as ObjectStoreError {
            return error
        } catch {
            Issue.record(error)
            return nil
        }
    }
}
