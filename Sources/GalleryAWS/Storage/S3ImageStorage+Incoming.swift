import AWSTransport
package import GalleryCore
package import NIOCore
import S3

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Uploads on their way to ingest: `incoming/<id>`. An empty object there is a spent upload: it keeps the key taken.
extension S3ImageStorage {
    package func incoming(_ id: ImageID) async throws(GalleryError) -> IncomingObject? {
        try await attempt("look up upload") {
            guard let head = try await client.headObject(keys.incoming(id)), head.byteCount > 0 else { return nil }
            guard let version = head.etag else {
                throw AWSError(.badAnswer, "The store gives an object no ETag, so its versions cannot be told apart.")
            }
            return IncomingObject(
                id: id,
                content: (head.byteCount, digest(of: head)),
                name: UploadName.name(in: head.settings),
                version: version.value
            )
        }
    }

    package func readIncoming(
        _ object: IncomingObject,
        _ range: Range<Int>
    ) async throws(GalleryError) -> ByteBuffer? {
        let range = Int64(range.lowerBound)..<Int64(range.upperBound)
        return try await attempt("read upload") { try await read(object, range) }
    }

    package func incomingIDs(after: ImageID?, limit: Int) async throws(GalleryError) -> [ImageID] {
        var ids: [ImageID] = []
        try await attempt("list uploads") {
            let start = after.map { keys.incoming($0).key.rawValue }
            try await forEachIncoming(after: start) { objects in
                ids += objects.filter { $0.byteCount > 0 }.compactMap { keys.incomingID(of: $0.key) }
                return ids.count < limit
            }
        }
        return Array(ids.prefix(limit))
    }

    package func spendIncoming(_ id: ImageID) async throws(GalleryError) {
        try await attempt("spend upload") { try await client.putObject(keys.incoming(id), .empty, settings()) }
    }

    package func forgetSpent(olderThan age: Int) async throws(GalleryError) {
        let oldest = now().addingTimeInterval(-TimeInterval(age))
        try await attempt("forget spent uploads") {
            try await forEachIncoming(after: nil) { objects in
                let old = objects.filter { object in
                    let isSpent = object.byteCount == 0 && keys.incomingID(of: object.key) != nil
                    return (isSpent || keys.isProbe(object.key))
                        && object.lastModified.map { $0.date < oldest } ?? false
                }
                let failures = try await client.deleteObjects(old.compactMap { S3Key($0.key) }, in: keys.bucket)
                if let failure = failures.first { throw AWSError(.service, failure.message, code: failure.code) }
                return true
            }
        }
    }

    /// A part of the very bytes that were looked at; `nil` when they are gone or others.
    func read(_ object: IncomingObject, _ range: Range<Int64>) async throws -> ByteBuffer? {
        guard let version = ETag(object.version), range.upperBound <= object.byteCount else { return nil }
        return try await client.read(keys.incoming(object.id), range, ifMatch: version)
    }

    /// The digest the store vouches for, if it is the one that identifies a file of this size.
    func digest(of head: ObjectHead) -> ContentDigest? {
        guard abilities.checksumsEnforced, let checksum = head.checksum else { return nil }
        let isLarge = head.byteCount > ContentDigest.maximumSingleByteCount
        switch checksum {
        case .whole(let bytes): return isLarge ? nil : ContentDigest(bytes: bytes)
        case .composite(let bytes, let partCount):
            let isPlanned = isLarge && partCount == PartPlan(byteCount: head.byteCount).partCount
            return isPlanned ? ContentDigest(bytes: bytes) : nil
        }
    }

    /// Goes through all uploads in the order of their keys, a page at a time, until the body has seen enough.
    private func forEachIncoming(after start: String?, _ body: ([ListedObject]) async throws -> Bool) async throws {
        var query = ObjectQuery(prefix: keys.incomingPrefix, startAfter: start)
        while true {
            let page = try await client.listObjects(in: keys.bucket, query)
            guard try await body(page.objects), page.next != nil, let last = page.objects.last?.key else { return }
            guard last.utf8.lexicographicallyPrecedes(query.startAfter?.utf8 ?? "".utf8) == false,
                last != query.startAfter
            else { throw AWSError(.badAnswer, "The store's listing does not go forward.") }
            query.startAfter = last
        }
    }
}
