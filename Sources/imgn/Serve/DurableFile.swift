#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Small files that must be whole or absent, whatever happens.
enum DurableFile {
    /// A failed system call.
    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ operation: String) {
            description = "\(operation): \(unsafe String(cString: strerror(errno)))"
        }
    }

    /// Writes a new file beside the path, syncs it and renames it into place.
    static func create(path: String, content: String, mode: mode_t) throws(Failure) {
        try create(path: path, bytes: Array(content.utf8), mode: mode)
    }

    /// Writes a new file beside the path, syncs it and renames it into place.
    ///
    /// - Parameters:
    ///   - path: The file; what was there before stays until the new one is whole.
    ///   - bytes: What it is to hold.
    ///   - mode: Its permissions.
    /// - Throws: The operation that failed; nothing of the new file is left then.
    static func create(path: String, bytes: [UInt8], mode: mode_t) throws(Failure) {
        let temporary = path + ".new"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Failure("open") }
        do throws(Failure) {
            defer { close(descriptor) }
            try fill(descriptor, bytes)
            guard fsync(descriptor) == 0 else { throw Failure("fsync") }
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
        guard unsafe rename(temporary, path) == 0 else {
            let failure = Failure("rename")
            _ = unsafe unlink(temporary)
            throw failure
        }
    }

    private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure("write") }
            rest = rest.dropFirst(count)
        }
    }
}

/// Keeps a second process out of a folder for as long as this process lives.
struct FolderLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock; `nil` when another process has it.
    init?(folder: String) throws(DurableFile.Failure) {
        let descriptor = unsafe open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.Failure("open lock") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
