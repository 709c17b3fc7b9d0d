package import AWSTransport
import HTTPTypes
import NIOCore
import SigV4

/// A typed client of one S3 endpoint.
///
/// Each operation is a method in a file of its own. They throw ``AWSError``; "not there" is `nil`. Every request is
/// safe to send twice and is retried by the transport; after a lost answer a conditional write may therefore find its
/// own object and be refused with `412`.
///
/// Integrity: bodies whose SHA-256 is known are sent with `x-amz-checksum-sha256` *and* a signed payload hash, which
/// is the same digest; others are sent unsigned. Downloads are checked for length, and for the digest where the whole
/// object comes and the store keeps one.
package struct S3Client: Sendable {
    let client: AWSClient
    let addressing: S3Addressing

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - client: Signs, sends and retries; its service is `s3`.
    ///   - addressing: Where the bucket's name stands in requests.
    package init(_ client: AWSClient, addressing: S3Addressing = .automatic) {
        self.client = client
        self.addressing = addressing
    }
}

// MARK: Requests

extension S3Client {
    /// A request for an object.
    func request(
        _ method: HTTPRequest.Method,
        _ location: S3Location,
        query: S3Query = [:],
        content: RequestContent = RequestContent()
    ) -> AWSRequest {
        let path = "/" + URICoding.encode(location.key.rawValue, keepingSlash: true)
        return request(method, location.bucket, path: path, query: query, content: content)
    }

    /// A request for a bucket.
    func request(
        _ method: HTTPRequest.Method,
        _ bucket: S3Bucket,
        query: S3Query = [:],
        content: RequestContent = RequestContent()
    ) -> AWSRequest {
        request(method, bucket, path: "", query: query, content: content)
    }

    /// Host and target of a path inside a bucket; the path is empty or starts with a slash.
    func address(_ bucket: S3Bucket, path: String, query: S3Query) -> (authority: String, target: String) {
        let place = addressing.place(of: bucket, at: client.endpoint)
        let whole = place.path + path
        return (place.authority, (whole.isEmpty ? "/" : whole) + (query.text.isEmpty ? "" : "?" + query.text))
    }

    private func request(
        _ method: HTTPRequest.Method,
        _ bucket: S3Bucket,
        path: String,
        query: S3Query,
        content: RequestContent
    ) -> AWSRequest {
        let address = address(bucket, path: path, query: query)
        var request = AWSRequest(method, target: address.target, headers: content.headers, host: address.authority)
        request.body = content.body.body
        request.payload = content.body.payload
        return request
    }
}

// MARK: Answers

extension S3Client {
    /// Sends a request whose answer says all in its head, and returns the answer's headers.
    func acknowledgement(of request: AWSRequest) async throws -> HTTPFields {
        try await client.collect(request, upTo: 64 << 10).headers
    }
}

/// What a request carries besides method and target.
struct RequestContent {
    var headers: HTTPFields = [:]
    var body = S3Body.empty
}
