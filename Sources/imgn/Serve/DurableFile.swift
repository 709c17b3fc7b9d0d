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
        let temporary = path + ".new"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Failure("open") }
        defer { close(descriptor) }
        let bytes = Array(content.utf8)
        guard unsafe write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure("write") }
        guard fsync(descriptor) == 0 else { throw Failure("fsync") }
        guard unsafe rename(temporary, path) == 0 else { throw Failure("rename") }
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
