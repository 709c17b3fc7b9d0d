import Hummingbird
import NIOCore

/// PutObject: streams a body into the store; it becomes an object only when it is all that the request claimed it to
/// be.
struct PutObject: Sendable {
    /// Where the object goes.
    let store: ObjectStore
    /// The largest object of one PUT, in bytes.
    let maximumObjectBytes: Int64

    /// Writes the object.
    /// - Throws: ``S3Error`` for every refusal; nothing was stored then.
    func respond(to request: S3Request, at address: ObjectAddress) async throws -> Response {
        try WriteHeaders.check(request)
        let claims = try PayloadClaims(request)
        guard claims.byteCount <= maximumObjectBytes else {
            throw S3Error.entityTooLarge(proposed: claims.byteCount, limit: maximumObjectBytes)
        }
        let plan = try plan(request, claims)
        do {
            let info = try await write(request, to: address, plan: plan, claims: claims)
            var headers = info.checksumHeaders
            headers[.eTag] = info.quotedETag
            return Response(status: .ok, headers: headers)
        } catch ObjectStoreError.badDigest(let mismatch) {
            throw claims.refusal(mismatch)
        } catch ObjectStoreError.preconditionFailed {
            let exists = try await store.head(address.key, in: address.bucket) != nil
            throw plan.condition.refusal(address.key, exists: exists)
        }
    }

    /// A body bound by a SHA-256 needs no MD5: the ETag then has a dash, and nobody takes it for one.
    private func plan(_ request: S3Request, _ claims: PayloadClaims) throws(S3Error) -> UploadPlan {
        UploadPlan(
            metadata: try ObjectMetadata(request),
            condition: try WriteCondition(request.headers),
            byteCount: claims.byteCount,
            computesMD5: claims.contentMD5 != nil || claims.checksum?.algorithm != .sha256,
            checksum: claims.checksumAlgorithm
        )
    }

    private func write(
        _ request: S3Request,
        to address: ObjectAddress,
        plan: UploadPlan,
        claims: PayloadClaims
    ) async throws -> ObjectInfo {
        try await store.withUpload(to: address.key, in: address.bucket, plan: plan) { upload in
            try await claims.write(request, to: &upload)
        }
    }
}
