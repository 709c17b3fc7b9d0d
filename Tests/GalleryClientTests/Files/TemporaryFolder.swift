#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A folder of a test's own.
struct TemporaryFolder {
    let path: String

    /// Makes a folder, and removes it when the body is over.
    static func with<Value>(_ body: (TemporaryFolder) async throws -> Value) async throws -> Value {
        let folder = TemporaryFolder(
            path: FileManager.default.temporaryDirectory.path + "/imgn-client-" + UUID().uuidString
        )
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        return try await body(folder)
    }

    /// Writes a file of bytes that no other seed has.
    ///
    /// - Returns: Its path.
    @discardableResult
    func file(_ name: String, size: Int, seed: UInt8 = 1) throws -> String {
        var data = Data(capacity: size)
        let block = Data((0..<(64 << 10)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) ^ seed })
        while data.count < size {
            // No two blocks are equal, so parts that change places are noticed.
            data += Data("\(data.count)".utf8)
            data += block.prefix(max(0, size - data.count))
        }
        data = data.prefix(size)
        let full = "\(path)/\(name)"
        guard FileManager.default.createFile(atPath: full, contents: data) else {
            throw CocoaError(.fileWriteUnknown)
        }
        return full
    }

    /// Makes a folder below.
    func folder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    }
}
