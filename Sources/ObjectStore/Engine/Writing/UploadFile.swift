import NIOCore
import Synchronization

/// The file of an upload under way: takes pieces of the body one after the other on the threads that block.
///
/// A class, for its state goes back and forth between the task that receives the body and the threads. There is never
/// more than one piece under way, so nobody waits for its lock.
final class UploadFile: Sendable {
    private struct State {
        var digests: BodyDigests
        /// How many bytes of the body were written.
        var byteCount: Int64 = 0
        /// Up to where the system was asked to begin writing to the disk.
        var writebackPosition: Int64 = 0
        /// The piece to be written next, or the empty buffer of one that was.
        var piece = ByteBuffer()
    }

    /// After how many bytes writing to the disk begins and free space is looked at again.
    private static let writebackByteCount: Int64 = 8 << 20

    private let folder: StoreFolder
    private let temporary: TemporaryFile
    private let plan: UploadPlan
    private let state: Mutex<State>

    /// Makes the file, if the write can succeed at all.
    init(to destination: UploadDestination, plan: UploadPlan, in folder: StoreFolder) throws(ObjectStoreError) {
        try folder.admit(destination, byteCount: plan.byteCount)
        self.folder = folder
        self.plan = plan
        self.temporary = try folder.makeTemporaryFile()
        self.state = Mutex(State(digests: BodyDigests(computesMD5: plan.computesMD5, checksum: plan.checksum)))
    }

    /// Lays down the next piece for ``writePiece()`` and takes the buffer of the last one, to be filled again.
    ///
    /// The buffer travels through here and not through the closure of the work, which would still refer to it when
    /// the work is done, and so make each piece allocate anew.
    func exchange(_ piece: consuming ByteBuffer) -> ByteBuffer {
        state.withLock { state in
            let empty = state.piece
            state.piece = piece
            return empty
        }
    }

    /// Hashes and writes the piece that was laid down.
    func writePiece() throws(ObjectStoreError) {
        try state.withLock { state throws(ObjectStoreError) in
            state.digests.update(state.piece)
            try temporary.file.write(state.piece, at: state.byteCount)
            state.byteCount += Int64(state.piece.readableBytes)
            state.piece.clear()
            let fresh = state.writebackPosition..<state.byteCount
            guard fresh.count >= Self.writebackByteCount else { return }
            state.writebackPosition = state.byteCount
            temporary.file.startWriteback(fresh)
            try folder.requireSpace(for: 0)
        }
    }

    /// Writes the last piece, verifies the body and publishes the object or part.
    ///
    /// - Parameters:
    ///   - destination: Where it goes.
    ///   - commit: What the body must be.
    ///   - lastModified: When the object became visible, in milliseconds since 1970.
    /// - Returns: What became visible and durable.
    /// - Throws: What ``Upload/commit(_:)`` throws; nothing became visible then, unless a folder could not be synced.
    func publish(
        to destination: UploadDestination,
        _ commit: UploadCommit,
        lastModified: Int64
    ) throws(ObjectStoreError) -> ObjectInfo {
        try writePiece()
        let info: ObjectInfo = try state.withLock { state throws(ObjectStoreError) in
            if let expected = plan.byteCount, expected != state.byteCount {
                throw .incompleteBody(expected: expected, got: state.byteCount)
            }
            let found = try commit.verify(state.digests)
            return ObjectInfo(
                key: destination.key,
                byteCount: state.byteCount,
                etag: found.etag,
                lastModified: lastModified,
                sha256: found.sha256,
                checksum: commit.expectedChecksum ?? plan.checksum.flatMap(state.digests.checksum),
                metadata: plan.metadata
            )
        }
        try temporary.seal(info)
        try folder.publish(temporary, at: destination)
        return info
    }

    /// Removes the file, unless it was published.
    func discard() throws(ObjectStoreError) {
        try folder.discard(temporary)
    }
}
