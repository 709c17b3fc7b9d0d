#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file on this machine, read by ranges.
struct PictureFile: ~Copyable {
    /// Why a file cannot be read, in words to follow its path.
    struct Failure: Error, CustomStringConvertible {
        let description: String

        /// Takes the reason from the last failed system call.
        init() { description = unsafe String(cString: strerror(errno)) }

        /// Takes the reason in words.
        ///
        /// - Parameter description: The words.
        init(_ description: String) { self.description = description }
    }

    private let descriptor: Int32
    /// Length of the file when it was opened.
    let byteCount: Int

    /// Opens a file.
    ///
    /// - Parameter path: Its path.
    /// - Throws: When it cannot be opened, or is a folder, a pipe or a device.
    init(path: String) throws(Failure) {
        // A pipe without a writer would be waited for.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure() }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Failure("not a file")
        }
        self.descriptor = descriptor
        byteCount = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Reads a range.
    ///
    /// - Parameter range: Offsets in the file.
    /// - Returns: The bytes; fewer than asked for when the file ends before.
    /// - Throws: When the system cannot read it.
    func read(_ range: Range<Int>) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var filled = 0
        while filled < range.count {
            let place = off_t(range.lowerBound + filled)
            let count = unsafe bytes[filled...].withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress, $0.count, place)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure() }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes.prefix(filled))
    }
}
