import GalleryClient
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("The journal of uploads")
struct JournalTests {
    private func server() throws -> ServerAddress { try #require(ServerAddress("http://gallery.test")) }

    private func key(
        _ path: String,
        modified: Int64 = 7,
        server: String = "http://gallery.test"
    ) throws -> UploadRecord.Key {
        let address = try #require(ServerAddress(server))
        return UploadRecord.Key(server: address, path: path, identity: .init(size: 5, modified: modified))
    }

    private func record(_ key: UploadRecord.Key, id: String = "id1", at date: Date = Date()) -> UploadRecord {
        let parts = MultipartTicket.Parts(partSize: 8 << 20, partCount: 3)
        let ticket = MultipartTicket(id: id, token: "token", deleteToken: "delete", multipart: parts)
        return UploadRecord(key: key, sha256: "digest", grant: .multipart(ticket), startedAt: date)
    }

    @Test("finds an upload again by gallery, place, size and time, and by nothing less")
    func finds() async throws {
        try await TemporaryFolder.with { folder in
            let journal = UploadJournal(folder: folder.path + "/deep/state")
            let key = try key("/a.png")
            try await journal.remember(record(key))
            let again = UploadJournal(folder: folder.path + "/deep/state")
            #expect(try await again.upload(for: key)?.token == "token")
            #expect(try await again.upload(for: key)?.partSize == 8 << 20)
            for other in [
                try self.key("/b.png"), try self.key("/a.png", modified: 8),
                try self.key("/a.png", server: "http://other.test"),
            ] {
                #expect(try await again.upload(for: other) == nil)
            }
        }
    }

    @Test("keeps one upload a file, and none that is too old")
    func replaces() async throws {
        try await TemporaryFolder.with { folder in
            let journal = UploadJournal(folder: folder.path)
            let (old, key) = (try key("/old.png"), try key("/a.png"))
            let now = Date()
            try await journal.remember(record(old, at: now.addingTimeInterval(-UploadJournal.life - 1)))
            try await journal.remember(record(key, id: "first", at: now))
            try await journal.remember(record(key, id: "second", at: now))
            #expect(try await journal.upload(for: key)?.id == "second")
            #expect(try await journal.upload(for: old) == nil)
        }
    }

    @Test("keeps the right to remove a picture when its upload is over, until the picture is gone")
    func rights() async throws {
        try await TemporaryFolder.with { folder in
            let journal = UploadJournal(folder: folder.path)
            let (key, server) = (try key("/a.png"), try server())
            try await journal.remember(record(key))
            let right = RemovalRight(server: server, id: "id1", deleteToken: "delete")
            try await journal.forget(key, keeping: right)
            try await journal.keep(RemovalRight(server: server, id: "id2", deleteToken: "other"))
            #expect(try await journal.upload(for: key) == nil)
            #expect(try await journal.removalRight(for: "id1", on: server) == right)
            let elsewhere = try #require(ServerAddress("http://other.test"))
            #expect(try await journal.removalRight(for: "id1", on: elsewhere) == nil)
            try await journal.forgetRight(for: "id1", on: server)
            #expect(try await journal.removalRight(for: "id1", on: server) == nil)
            #expect(try await journal.removalRight(for: "id2", on: server)?.deleteToken == "other")
        }
    }

    @Test("loses nothing when many write at once, each with a journal of its own")
    func concurrent() async throws {
        try await TemporaryFolder.with { folder in
            let keys = try (0..<24).map { try key("/\($0).png") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for key in keys {
                    group.addTask { try await UploadJournal(folder: folder.path).remember(record(key)) }
                }
                try await group.waitForAll()
            }
            for key in keys { #expect(try await UploadJournal(folder: folder.path).upload(for: key) != nil) }
        }
    }

    @Test("is for its user's eyes only")
    func secrecy() async throws {
        try await TemporaryFolder.with { folder in
            let journal = UploadJournal(folder: folder.path + "/state")
            let key = try key("/a.png")
            try await journal.remember(record(key))
            try await journal.forget(key, keeping: RemovalRight(server: try server(), id: "i", deleteToken: "d"))
            for (name, mode) in [("", 0o700), ("/uploads.json", 0o600), ("/removals.jsonl", 0o600), ("/lock", 0o600)] {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/state" + name)
                #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
            }
        }
    }

    @Test("says what to do about a damaged file, and leaves it alone")
    func damaged() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path + "/uploads.json"
            try #require(FileManager.default.createFile(atPath: path, contents: Data("{".utf8)))
            let journal = UploadJournal(folder: folder.path)
            await #expect(throws: UploadJournal.Failure.self) { try await journal.check() }
            let key = try key("/a.png")
            await #expect(throws: UploadJournal.Failure.self) { try await journal.remember(record(key)) }
            #expect(FileManager.default.contents(atPath: path) == Data("{".utf8))
        }
    }

    @Test("passes over a line that a power cut left half written")
    func halfLine() async throws {
        try await TemporaryFolder.with { folder in
            let journal = UploadJournal(folder: folder.path)
            let server = try server()
            let whole = #"{"deleteToken":"d","id":"a","server":"http://gallery.test"}"#
            let data = Data("\(whole)\n{\"deleteTok".utf8)
            try #require(FileManager.default.createFile(atPath: folder.path + "/removals.jsonl", contents: data))
            #expect(try await journal.removalRight(for: "a", on: server)?.deleteToken == "d")
        }
    }
}
