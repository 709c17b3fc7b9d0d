import GRDB

/// The catalog's tables, as a list of migrations.
///
/// A released migration is never changed.
enum CatalogSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 images, aliases, rejections") { database in
            try database.execute(
                sql: """
                    -- `position` grows with every published image, so a page is a range of the primary key.
                    CREATE TABLE image (
                        position INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL UNIQUE,
                        sha256 BLOB NOT NULL UNIQUE,
                        name TEXT NOT NULL,
                        format TEXT NOT NULL,
                        width INTEGER NOT NULL,
                        height INTEGER NOT NULL,
                        byteCount INTEGER NOT NULL,
                        createdAt INTEGER NOT NULL  -- milliseconds since 1970
                    ) STRICT;
                    -- A second upload of the same bytes: its id leads to the first image.
                    CREATE TABLE alias (
                        id TEXT PRIMARY KEY,
                        imageID TEXT NOT NULL REFERENCES image (id) ON DELETE CASCADE
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX aliasByImage ON alias (imageID);
                    CREATE TABLE rejection (
                        id TEXT PRIMARY KEY,
                        reason TEXT NOT NULL,
                        detail TEXT NOT NULL,
                        createdAt INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX rejectionByTime ON rejection (createdAt);
                    """
            )
        }
        migrator.registerMigration("2 owners") { database in
            try database.execute(
                sql: """
                    -- The same bytes may stand once for each owner. '' is the owner of those who did not sign in: NULLs
                    -- would all be different to UNIQUE. SQLite cannot drop a UNIQUE, so the table is made anew.
                    CREATE TABLE imageWithOwner (
                        position INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL UNIQUE,
                        sha256 BLOB NOT NULL,
                        owner TEXT NOT NULL,
                        name TEXT NOT NULL,
                        format TEXT NOT NULL,
                        width INTEGER NOT NULL,
                        height INTEGER NOT NULL,
                        byteCount INTEGER NOT NULL,
                        createdAt INTEGER NOT NULL,
                        UNIQUE (sha256, owner)
                    ) STRICT;
                    INSERT INTO imageWithOwner
                        SELECT position, id, sha256, '', name, format, width, height, byteCount, createdAt FROM image;
                    -- A position is never used twice, also not that of a newest picture that was removed.
                    DELETE FROM sqlite_sequence WHERE name = 'imageWithOwner';
                    INSERT INTO sqlite_sequence (name, seq)
                        SELECT 'imageWithOwner', seq FROM sqlite_sequence WHERE name = 'image';
                    DROP TABLE image;
                    ALTER TABLE imageWithOwner RENAME TO image;
                    -- Whose an upload is, until ingest has looked at it.
                    CREATE TABLE binding (
                        id TEXT PRIMARY KEY,
                        owner TEXT NOT NULL,
                        createdAt INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX bindingByTime ON binding (createdAt);
                    """
            )
        }
        migrator.registerMigration("3 details") { database in
            // JSON: what is shown beside the picture, and never asked for by itself.
            try database.execute(sql: "ALTER TABLE image ADD COLUMN details TEXT NOT NULL DEFAULT '{}'")
        }
        return migrator
    }
}
