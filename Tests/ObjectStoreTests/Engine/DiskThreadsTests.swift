import NIOPosix
import Testing

@testable import ObjectStore

@Suite("The threads of the disk")
struct DiskThreadsTests {
    @Test("a pool that was shut down is a failure of the storage, at once and later")
    func shutDown() async throws {
        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        try await pool.shutdownGracefully()
        let threads = DiskThreads(pool: pool)
        await #expect(throws: ObjectStoreError.self) { try await threads.run { () throws(ObjectStoreError) in } }
        let started = threads.start { () throws(ObjectStoreError) in }
        await #expect(throws: ObjectStoreError.self) { try await started.value() }
    }

    @Test("the end of pending work is heard of before and after it came")
    func pending() async throws {
        let early = PendingWork()
        early.finish(.success(()))
        try await early.value()
        let late = PendingWork()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await #expect(throws: ObjectStoreError.noSpace) { try await late.value() } }
            late.finish(.failure(.noSpace))
        }
    }
}
