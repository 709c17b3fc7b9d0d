import AWSTransport
package import GalleryCore
import NIOCore
package import S3

/// Finds out what a store does of what S3 promises, by small objects that are removed again.
package struct S3StoreProbe: Sendable {
    private let client: S3Client
    private let source: S3Location
    private let target: S3Location
    private let bytes = ByteBuffer(string: "What does this store do?")

    /// Makes a probe that writes under `incoming/probe-…`; two of them never meet.
    package init(_ client: S3Client, keys: GalleryKeys) {
        let name = ImageID.random()
        self.client = client
        source = keys.probe("\(name)-1")
        target = keys.probe("\(name)-2")
    }

    /// Looks, in about fifteen requests.
    ///
    /// - Returns: What the store does.
    /// - Throws: `storageNotReached` or `storageUnavailable` when the store does not even take, tell of and remove an
    ///   object.
    package func run() async throws(GalleryError) -> StoreAbilities {
        do {
            let abilities = try await look()
            try await clean()
            return abilities
        } catch {
            // What is left is removed by the sweep.
            try? await clean()
            throw GalleryError(error, during: "try out the store")
        }
    }

    private func look() async throws -> StoreAbilities {
        try await client.putObject(source, .bytes(bytes))
        guard let head = try await client.headObject(source), head.byteCount == Int64(bytes.readableBytes),
            head.etag != nil
        else { throw AWSError(.badAnswer, "The store does not tell size and ETag of an object it has just taken.") }
        let checksumsEnforced = try await enforcesChecksums(head)
        return StoreAbilities(
            conditionalWrites: try await isRefused {
                try await client.putObject(source, .bytes(bytes), condition: .ifAbsent)
            },
            checksumsEnforced: checksumsEnforced,
            partChecksums: checksumsEnforced ? try await partChecksums() : .ignored
        )
    }

    /// Whether wrong bytes are refused, and the digest of right ones is told.
    private func enforcesChecksums(_ head: ObjectHead) async throws -> Bool {
        guard let digest = S3Body.bytes(bytes).sha256, head.checksum == .whole(digest) else { return false }
        let wrong = digest.map { ~$0 }
        do {
            try await client.putObject(target, .bytes(bytes, sha256: wrong, signsPayload: false))
            return false
        } catch let error as AWSError where error.isWrongDigest {
            return true
        } catch let error as AWSError where error.status == 400 {
            return true
        }
    }

    /// What becomes of the digest that a part brings: first where the upload was begun with digests, then without.
    private func partChecksums() async throws -> StoreAbilities.PartChecksums {
        let digest = S3Body.bytes(bytes).sha256
        if try await withParts(bindingChecksums: true, { parts in parts.map(\.sha256) == [digest] }) { return .listed }
        return try await withParts(bindingChecksums: false) { parts in parts.count == 1 } ? .checked : .ignored
    }

    /// Whether an upload takes a part with the right digest, refuses one with a wrong digest, and lists as expected.
    private func withParts(
        bindingChecksums binds: Bool,
        _ isExpected: ([UploadedPart]) -> Bool
    ) async throws -> Bool {
        do {
            let upload = try await client.createMultipart(target, bindsChecksums: binds)
            let parts: [UploadedPart]?
            do {
                parts = try await accepts(upload) ? try await client.parts(of: upload) : nil
            } catch {
                try? await client.abortMultipart(upload)
                throw error
            }
            try await client.abortMultipart(upload)
            return parts.map(isExpected) ?? false
        } catch let error as AWSError where error.isRefusal {
            return false
        }
    }

    private func accepts(_ upload: MultipartUpload) async throws -> Bool {
        let right = S3Body.bytes(bytes)
        let wrong = S3Body.bytes(bytes, sha256: right.sha256?.map { ~$0 }, signsPayload: false)
        do {
            _ = try await client.uploadPart(1, of: upload, right)
        } catch let error as AWSError where error.isRefusal {
            return false
        }
        do {
            _ = try await client.uploadPart(1, of: upload, wrong)
            return false
        } catch let error as AWSError where error.isRefusal {
            return true
        }
    }

    /// Whether the condition of a request that must not succeed was looked at.
    private func isRefused(_ request: () async throws -> Void) async throws -> Bool {
        do {
            try await request()
            return false
        } catch let error as AWSError where error.isRefusal {
            return error.isRefusedCondition
        }
    }

    private func clean() async throws {
        try await client.deleteObject(source)
        try await client.deleteObject(target)
    }
}

extension AWSError {
    /// Whether the store understood the request and said no, other than because it is busy or we may not ask.
    fileprivate var isRefusal: Bool {
        kind == .service && !isRetryable && status != 401 && status != 403
    }
}
