package import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file that is being uploaded; closed when nobody holds it.
///
/// Reads name their offset, so that many parts are read at once, and run on threads that may block.
package final class LocalFile: Sendable {
    /// Bytes a read: small enough that parts in flight cost little memory, large enough that a read costs little time.
    package static let pieceSize = 256 << 10

    /// What tells one state of a file from another.
    package struct Identity: Sendable, Hashable, Codable {
        /// Its bytes.
        package let size: Int64
        /// When it was last written, in nanoseconds since 1970.
        package let modified: Int64

        package init(size: Int64, modified: Int64) {
            self.size = size
            self.modified = modified
        }
    }

    /// The file as it was when it was opened.
    package let identity: Identity
    private let descriptor: Int32

    /// Opens a file for reading.
    ///
    /// - Parameter path: A regular file's path.
    /// - Throws: `unreadable`, also for what is no regular file.
    package convenience init(path: String) throws(UploadFailure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(Self.lastError) }
        try self.init(adopting: descriptor)
    }

    /// Takes over a descriptor, which is closed with the value.
    ///
    /// - Throws: `unreadable` when it is no regular file.
    package init(adopting descriptor: Int32) throws(UploadFailure) {
        do throws(UploadFailure) {
            identity = try Self.identity(of: descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Whether the file is still what it was when it was opened.
    package var isUnchanged: Bool { (try? Self.identity(of: descriptor)) == identity }

    /// Reads one piece.
    ///
    /// - Parameter range: The bytes wanted, at most ``pieceSize``.
    /// - Returns: All of them.
    /// - Throws: `fileChanged` when the file ends before, `unreadable` when the system refuses.
    package func read(_ range: Range<Int64>) async throws -> ByteBuffer {
        try await NIOThreadPool.singleton.runIfActive { try self.readBlocking(range) }
    }

    /// Reads one piece on the caller's thread.
    func readBlocking(_ range: Range<Int64>) throws(UploadFailure) -> ByteBuffer {
        let wanted = Int(range.upperBound - range.lowerBound)
        var buffer = ByteBufferAllocator().buffer(capacity: wanted)
        while buffer.readableBytes < wanted {
            let offset = range.lowerBound + Int64(buffer.readableBytes)
            let missing = wanted - buffer.readableBytes
            var failure: Int32 = 0
            let count = unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: missing) { space in
                let count = unsafe pread(descriptor, space.baseAddress, missing, off_t(offset))
                if count < 0 { failure = errno }
                return max(0, count)
            }
            guard failure == 0 || failure == EINTR else { throw .unreadable(Self.words(for: failure)) }
            guard count > 0 || failure == EINTR else { throw .fileChanged }
        }
        return buffer
    }

    private static func identity(of descriptor: Int32) throws(UploadFailure) -> Identity {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(lastError) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable("it is not a file") }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return Identity(size: Int64(status.st_size), modified: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    private static var lastError: String { words(for: errno) }

    private static func words(for code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
