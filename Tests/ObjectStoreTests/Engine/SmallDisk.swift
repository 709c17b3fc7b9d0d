import Foundation

@testable import ObjectStore

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A disk of a few megabytes in memory.
enum SmallDisk {
    /// Whether this process may mount one.
    static var isAvailable: Bool {
        get async { (try? await with(byteCount: 1 << 20) { _ in true }) ?? false }
    }

    /// Mounts a disk for `body`.
    @discardableResult
    static func with<Result>(byteCount: Int, _ body: (URL) async throws -> Result) async throws -> Result {
        #if os(Linux)
            try await TemporaryFolder.with { folder in
                guard unsafe mount("tmpfs", folder.path, "tmpfs", 0, "size=\(byteCount)") == 0 else {
                    throw ObjectStoreError.failed("mount a small disk", errno: errno)
                }
                defer { unsafe umount2(folder.path, Int32(MNT_DETACH)) }
                return try await body(folder)
            }
        #else
            throw ObjectStoreError.failed("mount a small disk", errno: ENOSYS)
        #endif
    }
}
