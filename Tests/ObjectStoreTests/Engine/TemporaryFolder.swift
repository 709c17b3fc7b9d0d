import Foundation

/// Folders that are gone after the test.
enum TemporaryFolder {
    /// Where they are: in memory where that is possible, for a test syncs hundreds of files.
    static var parent: URL {
        let memory = URL(fileURLWithPath: "/dev/shm", isDirectory: true)
        let hasMemory = FileManager.default.isWritableFile(atPath: memory.path)
        return hasMemory ? memory : FileManager.default.temporaryDirectory
    }

    /// Makes an empty folder for `body`.
    @discardableResult
    static func with<Result>(in parent: URL = parent, _ body: (URL) async throws -> Result) async throws -> Result {
        let folder = parent.appendingPathComponent("imgn-engine-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }
}
