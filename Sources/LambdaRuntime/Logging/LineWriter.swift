import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes whole lines to a file descriptor by `write(2)`: nothing waits in a buffer while Lambda freezes the process.
///
/// The lock is held for the system call, so that lines of several threads do not mix.
package final class LineWriter: Sendable {
    /// Writes to standard error, where Lambda looks for the log.
    package static let standardError = LineWriter(descriptor: STDERR_FILENO)
    /// Writes to standard output, where Lambda looks too.
    package static let standardOutput = LineWriter(descriptor: STDOUT_FILENO)

    private let descriptor: Int32
    private let lock = Mutex(())

    /// A writer to an open file, which must stay open.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes a line, and its end.
    ///
    /// What cannot be written is lost: there is no place left to complain.
    package func write(_ line: String) {
        var line = line + "\n"
        lock.withLock { _ in
            line.withUTF8 { bytes in unsafe writeAll(bytes) }
        }
    }

    private func writeAll(_ bytes: UnsafeBufferPointer<UInt8>) {
        var rest = unsafe UnsafeRawBufferPointer(bytes)[...]
        while unsafe !rest.isEmpty {
            let written = unsafe systemWrite(UnsafeRawBufferPointer(rebasing: rest))
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            unsafe rest = rest.dropFirst(written)
        }
    }

    private func systemWrite(_ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
            unsafe Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
