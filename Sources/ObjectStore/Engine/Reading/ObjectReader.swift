package import NIOCore

/// One object held open for reading; it stays the same object whatever happens to its key meanwhile.
package struct ObjectReader: Sendable {
    private let object: StoredObject
    private let threads: DiskThreads

    /// Makes a reader of an open object.
    init(_ object: StoredObject, on threads: DiskThreads) {
        self.object = object
        self.threads = threads
    }

    /// What the store knows of the object.
    package var info: ObjectInfo { object.info }

    /// Reads a part of the body.
    ///
    /// - Parameter range: Which bytes, counted from 0; what lies outside of the body is cut off. All of it is in memory
    ///   at once, so a caller streams in steps of 256 KiB or so.
    /// - Returns: The bytes, exactly as many as the range has inside of the body.
    /// - Throws: ``ObjectStoreError/corrupted(_:)`` if the file has become shorter.
    package func read(_ range: Range<Int64>) async throws(ObjectStoreError) -> ByteBuffer {
        let wanted = range.clamped(to: 0..<info.byteCount)
        guard !wanted.isEmpty else { return ByteBuffer() }
        let buffer = try await threads.run { [file = object.file] () throws(ObjectStoreError) in try file.read(wanted) }
        guard buffer.readableBytes == wanted.count else { throw .corrupted(info.key) }
        return buffer
    }
}
