import Hummingbird
import NIOCore

/// UploadPart: streams one part into the store; it becomes part of the upload only when it is all that the request
/// claimed it to be.
struct UploadPart: Sendable {
    /// Where the part goes.
    let store: ObjectStore
    /// The largest part, in bytes.
    let maximumPartBytes: Int64

    /// Writes the part.
    /// - Throws: ``S3Error`` for every refusal; nothing was stored then.
    func respond(to request: S3Request, at part: MultipartOperation.PartAddress) async throws -> Response {
        try WriteHeaders.checkPart(request)
        let claims = try PayloadClaims(request)
        guard claims.byteCount <= maximumPartBytes else {
            throw S3Error.entityTooLarge(proposed: claims.byteCount, limit: maximumPartBytes)
        }
        let plan = try await store.multipartPlan(of: part.upload)
        try Self.check(claims.checksumAlgorithm, fits: plan)
        do {
            let info = try await write(request, to: part, claims: claims)
            var headers = info.checksumHeaders
            headers[named: "x-amz-checksum-type"] = nil
            headers[.eTag] = info.quotedETag
            return Response(status: .ok, headers: headers)
        } catch ObjectStoreError.badDigest(let mismatch) {
            throw claims.refusal(mismatch)
        }
    }

    /// Refuses another algorithm than the upload was created with.
    ///
    /// The AWS clients add a CRC to every part by themselves: in an upload created without an algorithm it is verified,
    /// and says nothing of the object.
    private static func check(_ algorithm: ChecksumAlgorithm?, fits plan: MultipartPlan) throws(S3Error) {
        guard let algorithm, algorithm != plan.checksumAlgorithm else { return }
        guard plan.checksumAlgorithm == nil, algorithm.isCyclic else {
            throw .checksumMismatch(expected: plan.checksumAlgorithm, actual: algorithm)
        }
    }

    private func write(
        _ request: S3Request,
        to part: MultipartOperation.PartAddress,
        claims: PayloadClaims
    ) async throws -> ObjectInfo {
        let plan = UploadPlan(byteCount: claims.byteCount, checksum: claims.checksumAlgorithm)
        return try await store.withPart(part.number, of: part.upload, plan: plan) { upload in
            try await claims.write(request, to: &upload)
        }
    }
}
