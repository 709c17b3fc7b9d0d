extension PayloadClaims {
    /// Streams a request's body into an upload, and commits it if it has the digests that were claimed.
    ///
    /// - Parameters:
    ///   - request: The request, whose body was not yet read.
    ///   - upload: Where its bytes go.
    /// - Returns: What became visible.
    /// - Throws: ``S3Error`` for a body that is not as claimed, and what the upload throws.
    func write(_ request: S3Request, to upload: inout Upload) async throws -> ObjectInfo {
        var payload = PayloadReader(request, byteCount: byteCount)
        while let buffer = try await payload.next() { try await upload.write(buffer) }
        return try await upload.commit(
            UploadCommit(
                expectedMD5: contentMD5,
                expectedSHA256: payloadSHA256,
                expectedChecksum: try checksum(with: payload.trailers)
            )
        )
    }
}
