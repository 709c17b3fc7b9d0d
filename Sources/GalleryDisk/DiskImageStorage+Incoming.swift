package import GalleryCore
package import NIOCore
import ObjectStore
import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Uploads on their way to ingest: `incoming/<id>`. An empty object there is a spent upload: it keeps the key taken.
extension DiskImageStorage {
    package func receive(
        _ id: ImageID,
        name: FileName,
        limit: Int64,
        fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) async throws {
        var metadata = ObjectMetadata()
        metadata.user[UploadName.metadataKey] = UploadName.encode(name)
        let plan = UploadPlan(metadata: metadata, condition: .ifAbsent, computesMD5: false)
        do {
            try await store.withUpload(to: .incoming(id), in: bucket, plan: plan) { upload in
                var byteCount: Int64 = 0
                try await fill { buffer in
                    byteCount += Int64(buffer.readableBytes)
                    guard byteCount <= limit else { throw GalleryError.tooLarge(limit: limit) }
                    try await upload.write(buffer)
                }
                guard byteCount > 0 else {
                    throw GalleryError.invalidRequest("The file is empty: there is nothing to share.")
                }
                _ = try await upload.commit(UploadCommit())
            }
        } catch let error as ObjectStoreError {
            throw GalleryError(error, during: "receive")
        }
    }

    package func incoming(_ id: ImageID) async throws(GalleryError) -> IncomingObject? {
        do {
            guard let info = try await store.head(.incoming(id), in: bucket), info.byteCount > 0 else { return nil }
            let name = info.metadata.user[UploadName.metadataKey].flatMap(UploadName.decode)
            return IncomingObject(
                id: id,
                content: (info.byteCount, info.contentDigest),
                name: name ?? FileName(""),
                version: info.version
            )
        } catch {
            throw GalleryError(error, during: "look up upload")
        }
    }

    package func readIncoming(
        _ object: IncomingObject,
        _ range: Range<Int>
    ) async throws(GalleryError) -> ByteBuffer? {
        do {
            return try await store.withObject(.incoming(object.id), in: bucket) { reader -> ByteBuffer? in
                guard reader.info.byteCount >= range.upperBound, reader.info.version == object.version else {
                    return nil
                }
                return try await reader.read(Int64(range.lowerBound)..<Int64(range.upperBound))
            } ?? nil
        } catch {
            throw GalleryError(error, during: "read upload")
        }
    }

    package func readIncoming(
        _ object: IncomingObject,
        _ take: (ByteBuffer) async throws -> Void
    ) async throws -> Bool {
        do {
            return try await store.withObject(.incoming(object.id), in: bucket) { reader in
                guard reader.info.version == object.version else { return false }
                for start in stride(from: 0, to: reader.info.byteCount, by: Self.pieceByteCount) {
                    let end = min(start + Int64(Self.pieceByteCount), reader.info.byteCount)
                    try await take(try await reader.read(start..<end))
                }
                return true
            } ?? false
        } catch let error as ObjectStoreError {
            throw GalleryError(error, during: "read upload")
        }
    }

    /// How much of an upload is in memory at once while all of it is read.
    private static let pieceByteCount = 256 << 10

    package func incomingIDs(after: ImageID?, limit: Int) async throws(GalleryError) -> [ImageID] {
        var ids: [ImageID] = []
        var last = after.map { ObjectKey.incoming($0).rawValue }
        do {
            repeat {
                let page = try await store.list(ListQuery(prefix: "incoming/", after: last, limit: 1000), in: bucket)
                ids += page.objects.filter { $0.byteCount > 0 }.compactMap(\.key.incomingID)
                last = page.isTruncated ? page.last : nil
            } while ids.count < limit && last != nil
        } catch {
            throw GalleryError(error, during: "list uploads")
        }
        return Array(ids.prefix(limit))
    }

    package func keepOriginal(_ object: IncomingObject) async throws(GalleryError) -> Bool {
        do {
            let copy = try await store.copy(
                from: .incoming(object.id),
                in: bucket,
                to: .original(object.id),
                in: bucket,
                where: { $0.byteCount > 0 && $0.version == object.version }
            )
            return copy != nil
        } catch {
            throw GalleryError(error, during: "keep original")
        }
    }

    package func dropOriginal(_ id: ImageID) async throws(GalleryError) {
        try await forget(.original(id))
    }

    package func spendIncoming(_ id: ImageID) async throws(GalleryError) {
        let plan = UploadPlan(metadata: ObjectMetadata(), condition: .always, byteCount: 0, computesMD5: false)
        do {
            try await store.withUpload(to: .incoming(id), in: bucket, plan: plan) { upload in
                _ = try await upload.commit(UploadCommit())
            }
        } catch ObjectStoreError.noSpace {
            try await forget(.incoming(id))
        } catch {
            throw GalleryError(error, during: "spend upload")
        }
    }

    package func forgetSpent(olderThan age: Int) async throws(GalleryError) {
        let oldest = now().addingTimeInterval(-TimeInterval(age))
        var last: String?
        do {
            repeat {
                let page = try await store.list(ListQuery(prefix: "incoming/", after: last, limit: 1000), in: bucket)
                for object in page.objects where object.byteCount == 0 && object.modificationDate < oldest {
                    try await forget(object.key)
                }
                last = page.isTruncated ? page.last : nil
            } while last != nil
        } catch {
            throw GalleryError(error, during: "forget spent uploads")
        }
    }

    private func forget(_ key: ObjectKey) async throws(GalleryError) {
        do {
            _ = try await store.delete(key, in: bucket)
        } catch {
            throw GalleryError(error, during: "forget upload")
        }
    }
}
