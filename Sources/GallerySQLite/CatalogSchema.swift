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
        return migrator
    }
}
