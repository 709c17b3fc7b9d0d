package import GalleryCore
package import NIOCore
import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A storage in memory, under the same contract as the others.
///
/// Its upload URLs lead nowhere: tests call `put`.
package final class MemoryImageStorage: ImageStorage {
    enum Incoming {
        case waiting([UInt8], name: FileName)
        case spent(Date)
    }

    struct Content {
        var incoming: [String: Incoming] = [:]
        var published: [PublishedFile: ([UInt8], Date)] = [:]
        var originals: [ImageID: [UInt8]] = [:]
        var multiparts: [LargeUpload: Parts] = [:]
        var multipartCount = 0
    }

    /// An upload in parts.
    struct Parts {
        let name: FileName
        let begunAt: Date
        var bytes: [Int: [UInt8]] = [:]
    }

    let content = Mutex(Content())
    let lentKeys = Mutex<TemporaryCredentials?>(nil)
    let tidyingRefusal = Mutex<GalleryError?>(nil)
    let now: @Sendable () -> Date

    package init(now: @escaping @Sendable () -> Date) {
        self.now = now
    }

    /// What a PUT to the upload URL does; false when the URL was used before.
    @discardableResult
    package func put(_ bytes: [UInt8], as id: ImageID, name: String = "") -> Bool {
        content.withLock { content in
            guard content.incoming[id.rawValue] == nil else { return false }
            content.incoming[id.rawValue] = .waiting(bytes, name: FileName(name))
            return true
        }
    }

    /// Has the storage refuse to free spent uploads and to drop unfinished ones.
    package func refuseTidying(_ error: GalleryError) { tidyingRefusal.withLock { $0 = error } }

    func checkTidying() throws(GalleryError) {
        if let refusal = tidyingRefusal.withLock({ $0 }) { throw refusal }
    }

    /// How many files are public.
    package var publishedCount: Int { content.withLock { $0.published.count } }

    package func presignUpload(
        _ id: ImageID,
        _ request: UploadRequest,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedUpload {
        PresignedUpload(url: "\(origin)/memory/\(id)", headers: [.init(name: "content-type", value: request.mediaType)])
    }

    package func receive(
        _ id: ImageID,
        name: FileName,
        limit: Int64,
        fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) async throws {
        var bytes: [UInt8] = []
        try await fill { buffer in
            bytes += buffer.readableBytesView
            guard bytes.count <= limit else { throw GalleryError.tooLarge(limit: limit) }
        }
        guard !bytes.isEmpty else { throw GalleryError.invalidRequest("The file is empty.") }
        put(bytes, as: id, name: name.description)
    }

    package func incoming(_ id: ImageID) async throws(GalleryError) -> IncomingObject? {
        guard let (bytes, name) = waiting(id) else { return nil }
        let digest = Self.digest(of: bytes)
        return IncomingObject(id: id, content: (Int64(bytes.count), digest), name: name, version: digest.base64)
    }

    package func readIncoming(
        _ object: IncomingObject,
        _ range: Range<Int>
    ) async throws(GalleryError) -> ByteBuffer? {
        guard let (bytes, _) = waiting(object.id), range.upperBound <= bytes.count,
            Self.digest(of: bytes).base64 == object.version
        else { return nil }
        return ByteBuffer(bytes: bytes[range])
    }

    package func incomingIDs(after: ImageID?, limit: Int) async throws(GalleryError) -> [ImageID] {
        let keys = content.withLock { content in
            content.incoming.compactMap { key, value in if case .waiting = value { key } else { nil } }
        }
        let sorted = keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        let rest = sorted.drop { key in
            after.map { !Array($0.rawValue.utf8).lexicographicallyPrecedes(Array(key.utf8)) } ?? false
        }
        return Array(rest.prefix(limit).compactMap(ImageID.init(rawValue:)))
    }

    package func readIncoming(
        _ object: IncomingObject,
        _ take: (ByteBuffer) async throws -> Void
    ) async throws -> Bool {
        guard let bytes = try await readIncoming(object, 0..<Int(object.byteCount)) else { return false }
        try await take(bytes)
        return true
    }

    package func publish(
        _ file: PublishedFile,
        fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) async throws {
        var bytes: [UInt8] = []
        try await fill { bytes += $0.readableBytesView }
        let published = (bytes, now())
        content.withLock { $0.published[file] = published }
    }

    package func unpublish(_ files: [PublishedFile]) async throws(GalleryError) {
        content.withLock { content in
            for file in files { content.published[file] = nil }
        }
    }

    package func keepOriginal(_ object: IncomingObject) async throws(GalleryError) -> Bool {
        guard let bytes = try await readIncoming(object, 0..<Int(object.byteCount)) else { return false }
        content.withLock { $0.originals[object.id] = Array(bytes.readableBytesView) }
        return true
    }

    package func dropOriginal(_ id: ImageID) async throws(GalleryError) {
        content.withLock { $0.originals[id] = nil }
    }

    /// The bytes that were kept of an upload.
    package func original(_ id: ImageID) -> [UInt8]? { content.withLock { $0.originals[id] } }

    package func spendIncoming(_ id: ImageID) async throws(GalleryError) {
        let time = now()
        content.withLock { $0.incoming[id.rawValue] = .spent(time) }
    }

    package func forgetSpent(olderThan age: Int) async throws(GalleryError) {
        try checkTidying()
        let oldest = now().addingTimeInterval(-Double(age))
        content.withLock { content in
            content.incoming = content.incoming.filter { entry in
                if case .spent(let time) = entry.value { time >= oldest } else { true }
            }
        }
    }

    package func published(_ file: PublishedFile) async throws(GalleryError) -> PublishedObject? {
        guard let (bytes, time) = content.withLock({ $0.published[file] }) else { return nil }
        return PublishedObject(byteCount: Int64(bytes.count), etag: "\(file.id)", lastModified: time) { range in
            ByteBuffer(bytes: bytes[Int(range.lowerBound)..<Int(range.upperBound)])
        }
    }

    package func publicAddress(of file: PublishedFile) -> String? { nil }

    package func presignDownload(
        _ file: PublishedFile,
        as name: FileName,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> String {
        "\(origin)/memory/\(file)?name=\(name)"
    }

    package func checkReady() async throws(GalleryError) {}

    /// The content digest of bytes.
    static func digest(of bytes: [UInt8]) -> ContentDigest {
        var hasher = ContentHasher(byteCount: Int64(bytes.count))
        hasher.update(bytes)
        return hasher.finalize()
    }

    private func waiting(_ id: ImageID) -> ([UInt8], FileName)? {
        content.withLock { content in
            if case .waiting(let bytes, let name) = content.incoming[id.rawValue] { (bytes, name) } else { nil }
        }
    }
}
