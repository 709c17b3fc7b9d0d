import HTTPTypes
import Testing

@testable import SigV4

/// One of the presigned URLs that botocore made.
struct PresignVector: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    let region: String
    let headers: [String: String]
    let sessionToken: String?
    let url: String
    let canonicalRequest: String
    let stringToSign: String
    let signature: String

    static let file = VectorFile<PresignVector>("presign-vectors")
    static let date = SigningDate.example
    static let expiresInSeconds = 900

    var testDescription: String { name }

    var credentials: Credentials { Self.file.credentials(sessionToken: sessionToken) }

    /// The presigned request as a client sends it.
    var request: SignableRequest {
        let afterScheme = url.split(separator: "://", maxSplits: 1)[1]
        let target = afterScheme.drop { $0 != "/" }
        return SignableRequest(
            method: method.httpMethod,
            host: headers["host"] ?? "",
            target: String(target),
            headers: HTTPFields(headers.filter { $0.key != "host" }.map { ($0.key, $0.value) })
        )
    }

    /// The same request before it was signed.
    var unsigned: SignableRequest {
        var request = request
        let parts = request.target.split(separator: "?", maxSplits: 1)
        let query = parts[1].split(separator: "&").filter { !$0.hasPrefix("X-Amz-") }.joined(separator: "&")
        request.target = String(parts[0]) + (query.isEmpty ? "" : "?\(query)")
        return request
    }

    var verifier: Verifier {
        let credentials = credentials
        return Verifier(region: region) { $0 == credentials.accessKeyID ? credentials : nil }
    }
}
