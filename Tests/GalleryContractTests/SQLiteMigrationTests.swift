import Foundation
import GRDB
import GalleryCore
import GallerySQLite
import GalleryTesting
import Testing

@Suite("A catalog of an older imgn")
struct SQLiteMigrationTests {
    /// The tables as the first version made them, with three pictures, an alias and a gap at the end.
    private static let firstVersion = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1 images, aliases, rejections');
        CREATE TABLE image (
            position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sha256 BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL, format TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
            byteCount INTEGER NOT NULL, createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE alias (
            id TEXT PRIMARY KEY, imageID TEXT NOT NULL REFERENCES image (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX aliasByImage ON alias (imageID);
        CREATE TABLE rejection (
            id TEXT PRIMARY KEY, reason TEXT NOT NULL, detail TEXT NOT NULL, createdAt INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX rejectionByTime ON rejection (createdAt);
        INSERT INTO image VALUES
            (1, 'aaaaaaaaaaaa', zeroblob(32), 'a.png', 'png', 4, 3, 99, 1795374000123),
            (5, 'bbbbbbbbbbbb', randomblob(32), 'b.jpg', 'jpeg', 8, 6, 98, 1795374000124),
            (9, 'cccccccccccc', randomblob(32), 'c.gif', 'gif', 9, 9, 97, 1795374000125);
        INSERT INTO alias VALUES ('dddddddddddd', 'aaaaaaaaaaaa');
        DELETE FROM image WHERE position = 9;
        """

    @Test("keeps its pictures, their order and the ids that lead to them")
    func keepsPictures() async throws {
        try await withFirstVersion { catalog in
            let page = try await catalog.page(after: nil, limit: 9)
            #expect(page.images.map(\.id.rawValue) == ["bbbbbbbbbbbb", "aaaaaaaaaaaa"])
            #expect(page.images.allSatisfy { $0.owner == nil && $0.details == ImageDetails() })
            let alias = try ImageID(rawValue: "dddddddddddd").unwrapped()
            #expect(try await catalog.state(of: alias) == .ready(page.images[1]))
            try await catalog.remove(page.images[1].id)
            #expect(try await catalog.state(of: alias) == nil)
        }
    }

    @Test("does not use a position again, so a page that is being read does not shift")
    func keepsPositions() async throws {
        try await withFirstVersion { catalog in
            let image = try GalleryImage.sample(1)
            _ = try await catalog.publish(image)
            #expect(try await catalog.page(after: PageCursor(position: 10), limit: 1).images != [image])
            #expect(try await catalog.page(after: PageCursor(position: 11), limit: 1).images == [image])
        }
    }

    private func withFirstVersion(_ body: (SQLiteImageCatalog) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            let path = folder + "/c.sqlite"
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: Self.firstVersion) }
            try queue.close()
            let catalog = try SQLiteImageCatalog.open(path: path, now: { .now })
            try await body(catalog)
            try catalog.close()
        }
    }
}
