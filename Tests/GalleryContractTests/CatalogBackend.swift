import Foundation
import GalleryCore
import GallerySQLite
import GalleryTesting
import ImageMetadata

/// Every catalog there is.
///
/// To add one: add a case, and make the contract green.
enum CatalogBackend: CaseIterable, Sendable {
    case memory
    case sqlite

    /// Runs the body with a fresh, empty catalog.
    func withCatalog(_ body: (any ImageCatalog) async throws -> Void) async throws {
        switch self {
        case .memory:
            try await body(MemoryImageCatalog())
        case .sqlite:
            try await TemporaryFolder.with { folder in
                let clock = FixedClock()
                let catalog = try SQLiteImageCatalog.open(path: folder + "/catalog.sqlite", now: { clock.now })
                try await body(catalog)
                try catalog.close()
            }
        }
    }
}

/// A folder that is gone when the body ends.
enum TemporaryFolder {
    static func with(_ body: (String) async throws -> Void) async throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("imgn-\(UUID())")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        try await body(url.path)
    }
}

extension GalleryImage {
    /// A picture that differs from others by its number.
    static func sample(_ number: Int, id: ImageID = .random(), owner: OwnerID? = nil) throws -> GalleryImage {
        var bytes = [UInt8](repeating: 0, count: 32)
        for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
        let digest = try ContentDigest(bytes: bytes).unwrapped()
        return GalleryImage(
            id: id,
            name: FileName("näme \(number).png"),
            header: (.png, 100 + number, 50),
            content: (Int64(1000 + number), digest),
            owner: owner,
            createdAt: Date(timeIntervalSince1970: 1_795_374_000.123)
        )
    }
}

extension Optional {
    struct Missing: Error {}

    /// The value, or an error in the test that wants it.
    func unwrapped() throws -> Wrapped {
        guard let self else { throw Missing() }
        return self
    }
}
