package import AWSTransport
import HTTPTypes
import SigV4

extension S3Client {
    /// Makes a URL that takes one body, once when the condition is `ifAbsent`.
    ///
    /// Everything is signed as a header, since what a URL's query says is ignored by some stores: checksums by S3, user
    /// metadata by SeaweedFS.
    ///
    /// - Parameters:
    ///   - location: Where the object will be.
    ///   - body: What it takes.
    ///   - settings: What to say about the object.
    ///   - terms: When to refuse, and how long it is good for.
    /// - Returns: The request.
    /// - Throws: ``AWSError`` when there are no credentials.
    package func presignPut(
        _ location: S3Location,
        _ body: PresignedBody,
        _ settings: ObjectSettings,
        _ terms: PresignTerms
    ) async throws(AWSError) -> PresignedRequest {
        var headers = HTTPFields()
        settings.write(to: &headers)
        terms.condition.write(to: &headers)
        return try await presign(.put, location, query: [:], headers: body.headers(adding: headers), terms.seconds)
    }

    /// Makes a URL that takes one part of an upload.
    ///
    /// - Parameters:
    ///   - number: 1...10,000.
    ///   - upload: Of which upload.
    ///   - body: What it takes.
    ///   - seconds: How long it is good for, 1...604,800.
    /// - Returns: The request.
    /// - Throws: ``AWSError`` when there are no credentials.
    package func presignPart(
        _ number: Int,
        of upload: MultipartUpload,
        _ body: PresignedBody,
        seconds: Int
    ) async throws(AWSError) -> PresignedRequest {
        let query: S3Query = ["partNumber": String(number), "uploadId": upload.id]
        return try await presign(.put, upload.location, query: query, headers: body.headers(adding: [:]), seconds)
    }

    /// Makes a URL for one download.
    ///
    /// - Parameters:
    ///   - location: Which object.
    ///   - overrides: What the answer shall say instead of what is kept with the object.
    ///   - seconds: How long it is good for, 1...604,800.
    /// - Returns: The request.
    /// - Throws: ``AWSError`` when there are no credentials.
    package func presignGet(
        _ location: S3Location,
        _ overrides: ResponseOverrides = ResponseOverrides(),
        seconds: Int
    ) async throws(AWSError) -> PresignedRequest {
        let query: S3Query = [
            "response-cache-control": overrides.cacheControl,
            "response-content-disposition": overrides.contentDisposition,
            "response-content-type": overrides.contentType,
        ]
        return try await presign(.get, location, query: query, headers: [:], seconds)
    }

    private func presign(
        _ method: HTTPRequest.Method,
        _ location: S3Location,
        query: S3Query,
        headers: HTTPFields,
        _ seconds: Int
    ) async throws(AWSError) -> PresignedRequest {
        let signer = try await client.signer(livingFor: Int64(seconds))
        let now = client.now()
        let path = "/" + URICoding.encode(location.key.rawValue, keepingSlash: true)
        let address = address(location.bucket, path: path, query: query)
        let request = SignableRequest(method: method, host: address.authority, target: address.target, headers: headers)
        let target = signer.presign(request, at: now, expiresInSeconds: seconds)
        var sent = headers
        sent[.contentLength] = nil
        return PresignedRequest(
            method: method,
            url: "\(client.endpoint.scheme)://\(address.authority)\(target)",
            headers: sent,
            expiresAt: signer.credentials.end(of: seconds, from: now)
        )
    }
}

/// When a presigned upload is refused, and how long it is good for.
package struct PresignTerms: Hashable, Sendable {
    /// When to refuse.
    package let condition: WriteCondition
    /// How long a request may start, 1...604,800 seconds.
    package let seconds: Int

    /// States the terms.
    package init(condition: WriteCondition = .ifAbsent, seconds: Int) {
        self.condition = condition
        self.seconds = seconds
    }
}

/// What a download shall say about itself instead of what is kept with the object.
package struct ResponseOverrides: Hashable, Sendable {
    /// `Content-Disposition`.
    package let contentDisposition: String?
    /// `Content-Type`.
    package let contentType: String?
    /// `Cache-Control`.
    package let cacheControl: String?

    /// Names the overrides.
    package init(contentDisposition: String? = nil, contentType: String? = nil, cacheControl: String? = nil) {
        self.contentDisposition = contentDisposition
        self.contentType = contentType
        self.cacheControl = cacheControl
    }
}

extension PresignedBody {
    /// The headers that bind exactly this body.
    fileprivate func headers(adding others: HTTPFields) -> HTTPFields {
        var headers = others
        headers[.contentLength] = byteCount.map(String.init)
        headers[.checksumSHA256] = sha256.map(ObjectChecksum.base64)
        return headers
    }
}

extension Credentials {
    /// When something signed now for some seconds ends: with the credentials at the latest.
    func end(of seconds: Int, from now: SigningDate) -> SigningDate {
        let end = SigningDate(secondsSince1970: now.secondsSince1970 + Int64(seconds))
        return expiresAt.map { min($0, end) } ?? end
    }
}
