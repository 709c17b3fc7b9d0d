import Foundation
import GalleryCore
import GallerySQLite
import GalleryTesting
import ImageMetadata
import Testing

/// Every catalog there is.
///
/// To add one: add a case, and make the contract green.
enum CatalogBackend: CaseIterable, Sendable, CustomTestStringConvertible {
    case memory
    case sqlite
    /// A table of what plays DynamoDB.
    case dynamoDB(TableJudge)
    /// The same, over a line that loses answers, and asked too much.
    case shakyDynamoDB(TableJudge)

    static var allCases: [CatalogBackend] {
        [.memory, .sqlite] + TableJudge.all.flatMap { [.dynamoDB($0), .shakyDynamoDB($0)] }
    }

    var testDescription: String {
        switch self {
        case .memory: "memory"
        case .sqlite: "SQLite"
        case .dynamoDB(let judge): judge.name
        case .shakyDynamoDB(let judge): "\(judge.name), shaky"
        }
    }

    /// Runs the body with a fresh, empty catalog.
    func withCatalog(_ body: (any ImageCatalog) async throws -> Void) async throws {
        try await withCatalog { catalog, _ in try await body(catalog) }
    }

    /// Runs the body with a fresh, empty catalog and its clock.
    func withCatalog(_ body: (any ImageCatalog, FixedClock) async throws -> Void) async throws {
        // A judge with a clock of its own takes away what is over by that.
        let clock = FixedClock(Date())
        switch self {
        case .memory:
            try await body(MemoryImageCatalog(now: { clock.now }), clock)
        case .sqlite:
            try await TemporaryFolder.with { folder in
                let catalog = try SQLiteImageCatalog.open(path: folder + "/catalog.sqlite", now: { clock.now })
                try await body(catalog, clock)
                try catalog.close()
            }
        case .dynamoDB(let judge):
            try await judge.withTable { try await body($0.catalog(now: { clock.now }), clock) }
        case .shakyDynamoDB(let judge):
            try await judge.withTable(isShaky: true) { try await body($0.catalog(now: { clock.now }), clock) }
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
    static func sample(
        _ number: Int,
        id: ImageID = .random(),
        owner: OwnerID? = nil,
        details: ImageDetails? = nil
    ) throws -> GalleryImage {
        var bytes = [UInt8](repeating: 0, count: 32)
        for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
        let digest = try ContentDigest(bytes: bytes).unwrapped()
        return GalleryImage(
            id: id,
            name: FileName("näme \(number).png"),
            header: (.png, 100 + number, 50),
            content: (Int64(1000 + number), digest),
            owner: owner,
            createdAt: Date(timeIntervalSince1970: 1_795_374_000.123),
            details: details ?? .sample(number)
        )
    }
}

extension ImageDetails {
    /// Details that have something everywhere.
    fileprivate static func sample(_ number: Int) -> ImageDetails {
        var details = ImageDetails()
        var camera = CameraNotes()
        camera.model = "Cämera <\(number)>"
        camera.exposureSeconds = 1 / 3
        camera.taken = "2019-10-20T18:34:30+02:00"
        details.camera = camera
        details.hadPosition = number.isMultiple(of: 2)
        details.frameCount = 1
        details.renditions = [Rendition(width: 320, height: 160), Rendition(width: 640, height: 320)]
        details.placeholder = Placeholder(thumbHash: [1, 2, 255], color: 0xAB_CDEF)
        return details
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
