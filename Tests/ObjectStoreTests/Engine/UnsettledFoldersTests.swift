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
