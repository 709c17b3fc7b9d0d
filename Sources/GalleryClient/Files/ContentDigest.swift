import Crypto
import NIOCore
import NIOPosix

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The digests of a file: one a part, and the one that stands for the whole.
package struct ContentDigest: Sendable, Equatable {
    /// The SHA-256 of each part in base64, in order.
    package let parts: [String]
    /// The SHA-256 of the only part; of several parts, S3's composite: the SHA-256 of their digests in a row.
    package let whole: String

    /// - Parameter parts: The digest of each part, in order.
    init(parts: [SHA256Digest]) {
        self.parts = parts.map { Data($0).base64EncodedString() }
        if parts.count == 1 {
            whole = self.parts[0]
        } else {
            var hasher = SHA256()
            for part in parts { hasher.update(data: Data(part)) }
            whole = Data(hasher.finalize()).base64EncodedString()
        }
    }
}

extension LocalFile {
    /// Hashes the whole file, two parts at a time.
    ///
    /// - Parameters:
    ///   - plan: How it is cut.
    ///   - onMove: Told how many bytes were hashed since it was told last.
    /// - Returns: The digests of the parts and of the whole.
    /// - Throws: ``UploadFailure``, or `CancellationError`.
    package func digest(
        _ plan: PartPlan,
        onMove: @escaping @Sendable (Int64) -> Void
    ) async throws -> ContentDigest {
        try await withThrowingTaskGroup(of: (Int, SHA256Digest).self) { group in
            var digests: [SHA256Digest?] = Array(repeating: nil, count: plan.count)
            var begun = 0
            func begin() {
                guard begun < plan.count else { return }
                begun += 1
                let number = begun
                group.addTask { (number, try await self.hash(plan.range(of: number), onMove: onMove)) }
            }
            begin()
            begin()
            while let (number, digest) = try await group.next() {
                digests[number - 1] = digest
                begin()
            }
            return ContentDigest(parts: digests.compactMap(\.self))
        }
    }

    /// The SHA-256 of a range, in base64.
    ///
    /// - Throws: ``UploadFailure``, or `CancellationError`.
    package func digest(of range: Range<Int64>) async throws -> String {
        Data(try await hash(range) { _ in }).base64EncodedString()
    }

    private func hash(_ range: Range<Int64>, onMove: @Sendable (Int64) -> Void) async throws -> SHA256Digest {
        var hasher = SHA256()
        var offset = range.lowerBound
        while offset < range.upperBound {
            try Task.checkCancellation()
            let end = min(offset + Int64(Self.pieceSize), range.upperBound)
            let piece = offset..<end
            hasher = try await NIOThreadPool.singleton.runIfActive { [hasher] in
                var hasher = hasher
                let bytes = try self.readBlocking(piece)
                unsafe bytes.withUnsafeReadableBytes { unsafe hasher.update(bufferPointer: $0) }
                return hasher
            }
            onMove(end - offset)
            offset = end
        }
        return hasher.finalize()
    }
}
