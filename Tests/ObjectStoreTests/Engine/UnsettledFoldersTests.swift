import NIOPosix
import Testing

@testable import ObjectStore

@Suite("Folders that are not durable yet")
struct UnsettledFoldersTests {
    @Test("nobody made a folder: only the last one is synced")
    func nothing() {
        #expect(UnsettledFolders().marks(onTheWayTo: ["bucket", "a"]).levels == 0)
    }

    @Test("a writer syncs up to above the topmost folder that somebody made")
    func levels() {
        var folders = UnsettledFolders()
        folders.insert(["bucket", "a", "b"])
        #expect(folders.marks(onTheWayTo: ["bucket", "a", "b"]).levels == 1)
        #expect(folders.marks(onTheWayTo: ["bucket", "a", "b", "c"]).levels == 2)
        #expect(folders.marks(onTheWayTo: ["bucket", "a", "x"]).levels == 0)
        folders.insert(["bucket", "a"])
        #expect(folders.marks(onTheWayTo: ["bucket", "a", "b"]).levels == 2)
    }

    @Test("what was synced is settled")
    func settled() {
        var folders = UnsettledFolders()
        folders.insert(["bucket", "a"])
        folders.settle(folders.marks(onTheWayTo: ["bucket", "a"]))
        #expect(folders.marks(onTheWayTo: ["bucket", "a"]).levels == 0)
    }

    @Test("a folder made again while somebody synced the first one stays unsettled")
    func madeAgain() {
        var folders = UnsettledFolders()
        folders.insert(["bucket", "a"])
        let marks = folders.marks(onTheWayTo: ["bucket", "a"])
        folders.insert(["bucket", "a"])
        folders.settle(marks)
        #expect(folders.marks(onTheWayTo: ["bucket", "a"]).levels == 1)
    }
}

@Suite("The threads of the disk")
struct DiskThreadsTests {
    @Test("a pool that was shut down is a failure of the storage, at once and later")
    func shutDown() async throws {
        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        try await pool.shutdownGracefully()
        let threads = DiskThreads(pool: pool)
        await #expect(throws: ObjectStoreError.self) { try await threads.run { () throws(ObjectStoreError) in } }
        await #expect(throws: ObjectStoreError.self) { try await threads.start { () throws(ObjectStoreError) in }.value() }
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
