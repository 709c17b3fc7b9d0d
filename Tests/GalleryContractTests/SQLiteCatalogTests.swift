import Foundation
import GalleryCore
import GallerySQLite
import GalleryTesting
import Testing

@Suite("The SQLite catalog")
struct SQLiteCatalogTests {
    @Test("keeps everything over a restart")
    func restart() async throws {
        try await TemporaryFolder.with { folder in
            let clock = FixedClock()
            let image = try GalleryImage.sample(1)
            let first = try SQLiteImageCatalog.open(path: folder + "/c.sqlite", now: { clock.now })
            _ = try await first.publish(image)
            try first.close()
            let second = try SQLiteImageCatalog.open(path: folder + "/c.sqlite", now: { clock.now })
            #expect(try await second.page(after: nil, limit: 5).images == [image])
            try second.close()
        }
    }

    @Test("forgets refusals after a day")
    func oldRejections() async throws {
        try await TemporaryFolder.with { folder in
            let clock = FixedClock()
            let catalog = try SQLiteImageCatalog.open(path: folder + "/c.sqlite", now: { clock.now })
            let old = ImageID.random()
            try await catalog.reject(old, .unreadable)
            clock.advance(bySeconds: 24 * 3600 + 1)
            #expect(try await catalog.state(of: old) != nil)
            try await catalog.reject(.random(), .unreadable)
            #expect(try await catalog.state(of: old) == nil)
            try catalog.close()
        }
    }

    @Test("forgets whose an upload was after a month")
    func oldBindings() async throws {
        try await TemporaryFolder.with { folder in
            let clock = FixedClock()
            let catalog = try SQLiteImageCatalog.open(path: folder + "/c.sqlite", now: { clock.now })
            let owner = OwnerID(issuer: "i", subject: "s")
            let old = ImageID.random()
            try await catalog.bind(old, to: owner)
            clock.advance(bySeconds: 30 * 24 * 3600)
            try await catalog.bind(.random(), to: owner)
            #expect(try await catalog.owner(of: old) == owner)
            clock.advance(bySeconds: 1)
            try await catalog.bind(.random(), to: owner)
            #expect(try await catalog.owner(of: old) == nil)
            try catalog.close()
        }
    }

    @Test("says so when the file is no database")
    func noDatabase() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder + "/c.sqlite"
            try "this is not a database, whatever its name says".write(toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: GalleryError.self) { _ = try SQLiteImageCatalog.open(path: path, now: { .now }) }
        }
    }
}
