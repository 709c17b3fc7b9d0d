import NIOCore

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// An open regular file, closed with its last reference.
///
/// A class, for it owns a handle of the system that work on several threads refers to; it has no state of its own.
final class File: Sendable {
    private static let copyPieceByteCount: Int64 = 1 << 20
    /// How much is copied before a signal can interrupt.
    private static let systemCopyByteCount: Int64 = 16 << 20

    private let descriptor: CInt

    /// Takes over an open descriptor.
    init(adopting descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        _ = close(descriptor)
    }

    /// The length of the file; `nil` if it is no regular file.
    func byteCount() throws(ObjectStoreError) -> Int64? {
        var status = stat()
        try systemCall("look at a file") { unsafe fstat(descriptor, &status) }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(status.st_size)
    }

    /// Reads `range`; the answer is shorter where the file ends.
    func read(_ range: Range<Int64>) throws(ObjectStoreError) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(range.count)
        while buffer.readableBytes < range.count {
            let offset = range.lowerBound + Int64(buffer.readableBytes)
            let wanted = range.count - buffer.readableBytes
            let count = try systemCall("read a file") {
                var result = 0
                _ = unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { bytes in
                    result = unsafe pread(descriptor, bytes.baseAddress, wanted, off_t(offset))
                    return max(0, result)
                }
                return result
            }
            if count == 0 { break }
        }
        return buffer
    }

    /// Writes all readable bytes of `buffer` at `offset`.
    func write(_ buffer: ByteBuffer, at offset: Int64) throws(ObjectStoreError) {
        var rest = buffer
        while rest.readableBytes > 0 {
            let position = offset + Int64(buffer.readableBytes - rest.readableBytes)
            let count = try systemCall("write a file") {
                unsafe rest.withUnsafeReadableBytes { bytes in
                    unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(position))
                }
            }
            rest.moveReaderIndex(forwardBy: count)
        }
    }

    /// Makes what was written durable.
    func sync() throws(ObjectStoreError) {
        try systemCall("sync a file") { fsync(descriptor) }
    }

    /// Asks the system to begin writing `range` to the disk, so that the sync at the end finds little left to do.
    ///
    /// A hint: a failure shows at the sync. Linux takes the advice that the range will not be read soon as the order
    /// to write what of it has changed (`sync_file_range`, which says just that, is hidden from Swift).
    func startWriteback(_ range: Range<Int64>) {
        #if os(Linux)
            _ = posix_fadvise(descriptor, off_t(range.lowerBound), off_t(range.count), POSIX_FADV_DONTNEED)
        #endif
    }

    /// Takes the lock of the file for this process, or fails at once with `EWOULDBLOCK` when another one has it.
    func lock() throws(ObjectStoreError) {
        try systemCall("lock the store, which another process has open") { flock(descriptor, LOCK_EX | LOCK_NB) }
    }

    /// Copies `range` of `source` to `offset` of this file, into which nobody else may copy meanwhile.
    ///
    /// Inside the system where it can, so that the bytes never come here; else in pieces of 1 MiB.
    func copy(_ range: Range<Int64>, of source: File, to offset: Int64) throws(ObjectStoreError) {
        var position = range.lowerBound + (try copyInSystem(range, of: source, to: offset))
        while position < range.upperBound {
            let piece = try source.read(position..<min(range.upperBound, position + Self.copyPieceByteCount))
            guard piece.readableBytes > 0 else { throw Self.cutOff }
            try write(piece, at: offset + position - range.lowerBound)
            position += Int64(piece.readableBytes)
        }
    }

    private static let cutOff = ObjectStoreError.failed("copy a file that was cut off", errno: EIO)

    /// Copies as much as the system copies by itself, which is all of it or, between some file systems, nothing.
    ///
    /// `sendfile`, for `copy_file_range` is hidden from Swift.
    private func copyInSystem(
        _ range: Range<Int64>,
        of source: File,
        to offset: Int64
    ) throws(ObjectStoreError) -> Int64 {
        #if os(Linux)
            try systemCall("find a place in a file") { lseek(descriptor, off_t(offset), SEEK_SET) }
            var position = off_t(range.lowerBound)
            while position < range.upperBound {
                let wanted = Int(min(range.upperBound - Int64(position), Self.systemCopyByteCount))
                do throws(ObjectStoreError) {
                    let count = try systemCall("copy a file") {
                        unsafe sendfile(descriptor, source.descriptor, &position, wanted)
                    }
                    guard count > 0 else { throw Self.cutOff }
                } catch  where error.hasErrno(EINVAL) || error.hasErrno(ENOSYS) {
                    break
                }
            }
            return Int64(position) - range.lowerBound
        #else
            return 0
        #endif
    }
}
