#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// An open folder, closed with its last reference.
///
/// Names are those of files and folders in it, or paths below it whose folders were walked one by one before. What is
/// opened is never a link: that is refused with `ELOOP` or `ENOTDIR`. A class, for it owns a handle of the system that
/// work on several threads refers to; it has no state of its own.
final class Folder: Sendable {
    private static let openFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    private let descriptor: CInt

    private init(adopting descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        _ = close(descriptor)
    }

    /// Opens the folder at a path that the operator chose, so links are followed.
    convenience init(path: String) throws(ObjectStoreError) {
        self.init(adopting: try systemCall("open a folder") { unsafe open(path, Self.openFlags) })
    }

    // MARK: Folders in it

    /// The folder of that name; `nil` when it is not there.
    func folder(_ name: String) throws(ObjectStoreError) -> Folder? {
        do {
            let opened = try systemCall("open a folder") {
                unsafe openat(descriptor, name, Self.openFlags | O_NOFOLLOW)
            }
            return Folder(adopting: opened)
        } catch let error where error.isMissing {
            return nil
        }
    }

    /// The folder of that name, made (mode 0700) when it is not there.
    func makeFolder(_ name: String) throws(ObjectStoreError) -> Folder {
        if let existing = try folder(name) { return existing }
        do {
            try systemCall("make a folder") { unsafe mkdirat(descriptor, name, 0o700) }
        } catch let error where error.hasErrno(EEXIST) {
            // Somebody else was faster: theirs is as good.
        }
        guard let made = try folder(name) else { throw .failed("open a folder just made", errno: ENOENT) }
        return made
    }

    /// The folder that this one is in; `nil` when this one was removed meanwhile.
    func parent() throws(ObjectStoreError) -> Folder? {
        try folder("..")
    }

    /// Removes the empty folder at a path below this one; false when it is not empty or not there.
    func removeFolder(_ path: String) throws(ObjectStoreError) -> Bool {
        do {
            try systemCall("remove a folder") { unsafe unlinkat(descriptor, path, AT_REMOVEDIR) }
            return true
        } catch let error where error.isMissing || error.hasErrno(ENOTEMPTY) || error.hasErrno(EEXIST) {
            return false
        }
    }

    /// Moves the folder of that name, with all that is in it, to a free name in another folder.
    func moveFolder(_ name: String, to target: Folder, as newName: String) throws(ObjectStoreError) {
        try systemCall("move a folder") { unsafe renameat(descriptor, name, target.descriptor, newName) }
    }

    // MARK: Files in it

    /// The file of that name for reading; `nil` when it is not there.
    func file(_ name: String) throws(ObjectStoreError) -> File? {
        do {
            // Non-blocking, so that a pipe put there by somebody else cannot hold a thread for ever.
            let opened = try systemCall("open a file") {
                unsafe openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            }
            return File(adopting: opened)
        } catch let error where error.isMissing {
            return nil
        }
    }

    /// Makes a new file (mode 0600) for reading and writing; `EEXIST` when the name is taken.
    func createFile(_ name: String) throws(ObjectStoreError) -> File {
        let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        return File(adopting: try systemCall("make a file") { unsafe openat(descriptor, name, flags, 0o600) })
    }

    /// The file of that name for reading and writing, made (mode 0600) when it is not there.
    func makeFile(_ name: String) throws(ObjectStoreError) -> File {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        return File(adopting: try systemCall("open a file") { unsafe openat(descriptor, name, flags, 0o600) })
    }

    /// Moves the file of that name to a name in another folder, in place of a file that has it.
    func moveFile(_ name: String, to target: Folder, as newName: String) throws(ObjectStoreError) {
        try systemCall("move a file") { unsafe renameat(descriptor, name, target.descriptor, newName) }
    }

    /// Gives the file of that name a second name in another folder; `EEXIST` when that is taken.
    func linkFile(_ name: String, to target: Folder, as newName: String) throws(ObjectStoreError) {
        try systemCall("link a file") { unsafe linkat(descriptor, name, target.descriptor, newName, 0) }
    }

    /// Removes the file of that name; false when it is not there.
    func removeFile(_ name: String) throws(ObjectStoreError) -> Bool {
        do {
            try systemCall("remove a file") { unsafe unlinkat(descriptor, name, 0) }
            return true
        } catch let error where error.isMissing {
            return false
        }
    }

    // MARK: The folder itself

    /// Makes durable which names are in the folder.
    func sync() throws(ObjectStoreError) {
        try systemCall("sync a folder") { fsync(descriptor) }
    }

    /// Makes the folder and the `levels` folders above it durable, from the bottom to the top.
    func syncUpwards(levels: Int) throws(ObjectStoreError) {
        var folder = self
        try folder.sync()
        for _ in 0..<levels {
            guard let parent = try folder.parent() else { return }
            try parent.sync()
            folder = parent
        }
    }

    /// How many bytes a process like this one can still write to the file system.
    func freeByteCount() throws(ObjectStoreError) -> Int64 {
        var status = statvfs()
        try systemCall("ask for free space") { unsafe fstatvfs(descriptor, &status) }
        let (product, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return overflow ? .max : Int64(clamping: product)
    }

    /// All names in the folder but `.` and `..`, in no order.
    func names() throws(ObjectStoreError) -> [String] {
        // A descriptor of its own, for reading moves its position.
        let copy = try systemCall("open a folder") { unsafe openat(descriptor, ".", Self.openFlags) }
        guard let stream = unsafe fdopendir(copy) else {
            let code = errno
            _ = close(copy)
            throw .failed("read a folder", errno: code)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw .failed("read a folder", errno: errno) }
        return names
    }
}
