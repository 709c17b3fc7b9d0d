import AWSTransport
import HTTPTypes

extension S3Client {
    /// Begins an upload in parts.
    ///
    /// - Parameters:
    ///   - location: Where the object will be.
    ///   - settings: What to say about it.
    ///   - bindsChecksums: Whether every part has to bring its SHA-256; without, none may.
    /// - Returns: The upload.
    /// - Throws: ``AWSError``.
    package func createMultipart(
        _ location: S3Location,
        _ settings: ObjectSettings = ObjectSettings(),
        bindsChecksums: Bool = true
    ) async throws -> MultipartUpload {
        var headers = HTTPFields()
        if bindsChecksums { headers[.amz("checksum-algorithm")] = "SHA256" }
        settings.write(to: &headers)
        let request = request(.post, location, query: ["uploads": ""], content: RequestContent(headers: headers))
        let document = try await document(request, root: "InitiateMultipartUploadResult")
        return try MultipartUpload(location, in: document)
    }

    /// Sends a part; the same number again replaces it.
    ///
    /// - Parameters:
    ///   - number: 1...10,000; every part but the last has 5 MiB or more.
    ///   - upload: Of which upload.
    ///   - body: Its bytes.
    ///   - bindsChecksum: Whether it brings its SHA-256, as it must when the upload was begun so.
    /// - Returns: The part as the store has it.
    /// - Throws: ``AWSError``; see ``AWSTransport/AWSError/isNoSuchUpload``.
    package func uploadPart(
        _ number: Int,
        of upload: MultipartUpload,
        _ body: S3Body,
        bindsChecksum: Bool = true
    ) async throws -> UploadedPart {
        let query: S3Query = ["partNumber": String(number), "uploadId": upload.id]
        var content = RequestContent(body: body)
        if bindsChecksum { content.headers[.checksumSHA256] = body.sha256.map(ObjectChecksum.base64) }
        let headers = try await acknowledgement(of: request(.put, upload.location, query: query, content: content))
        guard let etag = headers[.eTag].flatMap(ETag.init) else {
            throw AWSError.badAnswer("the answer to a part has no ETag")
        }
        return UploadedPart(number: number, etag: etag, byteCount: body.byteCount, sha256: body.sha256)
    }

    /// Drops an upload and its parts; one that is not there is dropped already.
    ///
    /// - Parameter upload: Which.
    /// - Throws: ``AWSError``.
    package func abortMultipart(_ upload: MultipartUpload) async throws {
        let request = request(.delete, upload.location, query: ["uploadId": upload.id])
        _ = try await AWSError.nilIfMissing { try await acknowledgement(of: request) }
    }
}
