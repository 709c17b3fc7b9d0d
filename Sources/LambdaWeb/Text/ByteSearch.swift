import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension ByteBuffer {
    /// How far from the first readable byte a byte stands, by the C library's vectorised search.
    ///
    /// - Parameters:
    ///   - byte: What is looked for.
    ///   - start: How many readable bytes are passed over.
    /// - Returns: The offset; nil when it does not stand there.
    func offset(of byte: UInt8, from start: Int = 0) -> Int? {
        guard start < readableBytes else { return nil }
        return unsafe withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress,
                let found = unsafe memchr(base + start, Int32(byte), bytes.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    /// The readable byte at an offset from the first.
    func byte(at offset: Int) -> UInt8? {
        getInteger(at: readerIndex + offset)
    }
}
