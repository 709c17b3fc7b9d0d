import Foundation
import NIOCore

@testable import ObjectStore

extension TestStore {
    /// Starts an upload.
    func start(_ key: ObjectKey, plan: MultipartPlan = MultipartPlan()) async throws -> MultipartUpload {
        try await store.createMultipart(to: key, in: Self.bucket, plan: plan)
    }

    /// Sends one part.
    @discardableResult
    func send(
        _ number: Int,
        _ body: [UInt8],
        to upload: MultipartUpload,
        commit: UploadCommit = UploadCommit()
    ) async throws -> StoredPart {
        let info = try await store.withPart(number, of: upload) { upload in
            try await upload.write(ByteBuffer(bytes: body))
            return try await upload.commit(commit)
        }
        return StoredPart(number: number, info)
    }

    /// Starts an upload and sends parts 1, 2, ….
    func upload(
        _ key: ObjectKey,
        _ bodies: [[UInt8]],
        plan: MultipartPlan = MultipartPlan()
    ) async throws -> (MultipartUpload, [CompletedPart]) {
        let upload = try await start(key, plan: plan)
        var parts: [CompletedPart] = []
        for (index, body) in bodies.enumerated() {
            parts.append(CompletedPart(try await send(index + 1, body, to: upload)))
        }
        return (upload, parts)
    }

    /// The ids of all unfinished uploads, in the order in which they are listed.
    func uploads() async throws -> [MultipartUploadID] {
        try await store.multipartUploads(in: Self.bucket).uploads.map(\.upload.id)
    }

    /// The names of the folders of unfinished uploads on disk.
    func uploadNames() throws -> [String] {
        let folder = directory.appendingPathComponent("uploads").appendingPathComponent(Self.bucket.rawValue)
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
    }
}
