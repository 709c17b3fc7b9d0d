package import NIOCore

/// One write on its way; lives only inside ``ObjectStore/withUpload(to:in:plan:_:)`` or
/// ``ObjectStore/withPart(_:of:plan:_:)``.
///
/// What comes in is gathered to pieces of 128 KiB, or handed on as it is when it is larger. While one piece is hashed
/// and written on a thread of its own, the next is gathered; there are never more than these two.
package struct Upload: ~Copyable {
    private enum Phase {
        case receiving
        case committing
        case published
    }

    private static let pieceByteCount = 128 << 10

    private let destination: UploadDestination
    private let declaredByteCount: Int64?
    private let file: UploadFile
    private let store: ObjectStore
    private var gathered = ByteBuffer()
    private var pending: PendingWork?
    private var phase = Phase.receiving

    /// How many bytes of the body were taken.
    package private(set) var byteCount: Int64 = 0

    /// Makes a write of which nothing has arrived.
    init(to destination: UploadDestination, plan: UploadPlan, file: UploadFile, store: ObjectStore) {
        self.destination = destination
        self.declaredByteCount = plan.byteCount
        self.file = file
        self.store = store
    }

    /// Takes the next bytes of the body; returns once there is room for more.
    ///
    /// - Parameter buffer: The bytes. Small ones are copied, so that the caller's memory is free again.
    /// - Throws: ``ObjectStoreError/incompleteBody(expected:got:)`` as soon as there are more than declared,
    ///   ``ObjectStoreError/noSpace``, ``ObjectStoreError/storageUnavailable(operation:errno:)`` of this or an earlier
    ///   piece, and `CancellationError`.
    package mutating func write(_ buffer: ByteBuffer) async throws {
        try Task.checkCancellation()
        byteCount += Int64(buffer.readableBytes)
        if let declaredByteCount, byteCount > declaredByteCount {
            throw ObjectStoreError.incompleteBody(expected: declaredByteCount, got: byteCount)
        }
        guard buffer.readableBytes < Self.pieceByteCount else {
            // As large as a piece: no need to gather, and none to copy.
            if gathered.readableBytes > 0 { try await handOver() }
            return try await handOver(buffer)
        }
        var rest = buffer
        while rest.readableBytes > 0 {
            let room = Self.pieceByteCount - gathered.readableBytes
            guard var part = rest.readSlice(length: min(room, rest.readableBytes)) else { return }
            gathered.writeBuffer(&part)
            if gathered.readableBytes == Self.pieceByteCount { try await handOver() }
        }
    }

    /// Verifies the body and makes it visible and durable under its key, or as a part of its upload.
    ///
    /// To be called once, as the last thing.
    ///
    /// - Parameter commit: What the body must have turned out to be.
    /// - Returns: What became visible.
    /// - Throws: ``ObjectStoreError/incompleteBody(expected:got:)``, ``ObjectStoreError/badDigest(_:)``,
    ///   ``ObjectStoreError/preconditionFailed``, ``ObjectStoreError/metadataTooLarge(limit:)``,
    ///   ``ObjectStoreError/noSuchUpload(_:)`` for a part, what ``write(_:)`` throws. Nothing was stored then,
    ///   unless the last step, the sync of a folder, is what failed.
    package mutating func commit(_ commit: UploadCommit = UploadCommit()) async throws -> ObjectInfo {
        guard phase == .receiving else { preconditionFailure("an upload is committed once") }
        phase = .committing
        try Task.checkCancellation()
        try await settle()
        _ = file.exchange(gathered)
        gathered = ByteBuffer()
        let now = store.configuration.now()
        let info = try await store.threads.run { [file, destination] () throws(ObjectStoreError) in
            try file.publish(to: destination, commit, lastModified: now)
        }
        phase = .published
        if case .object(let target) = destination { store.configuration.onObjectCreated(target.bucket, target.key) }
        return info
    }

    /// Waits for the piece under way and removes what was not published.
    ///
    /// Failures are not told: whoever wrote has the one that matters, and what could not be removed now is removed when
    /// the store is next opened.
    mutating func end() async {
        try? await settle()
        guard phase != .published else { return }
        try? await store.threads.run { [file] () throws(ObjectStoreError) in try file.discard() }
    }

    private mutating func handOver() async throws(ObjectStoreError) {
        try await settle()
        gathered = file.exchange(gathered)
        startWriting()
    }

    private mutating func handOver(_ piece: ByteBuffer) async throws(ObjectStoreError) {
        try await settle()
        _ = file.exchange(piece)
        startWriting()
    }

    private mutating func startWriting() {
        pending = store.threads.start { [file] () throws(ObjectStoreError) in try file.writePiece() }
    }

    private mutating func settle() async throws(ObjectStoreError) {
        guard let pending else { return }
        self.pending = nil
        try await pending.value()
    }
}
