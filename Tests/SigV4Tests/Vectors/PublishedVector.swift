import HTTPTypes
import Testing

@testable import SigV4

/// One of the examples that AWS published; only what its page shows is there.
struct PublishedVector: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let canonicalRequest: String?
    let stringToSign: String?
    let signature: String
    let url: String?
    let policyBase64: String?

    static let file = VectorFile<PublishedVector>("sigv4-published")
    static let date = SigningDate(secondsSince1970: 1_369_353_600)

    var testDescription: String { name }

    static func named(_ prefix: String) -> PublishedVector? {
        file.cases.first { $0.name.hasPrefix(prefix) }
    }

    static var credentials: Credentials { file.credentials() }

    /// The request that the canonical request describes.
    var request: SignableRequest? {
        guard let lines = canonicalRequest?.split(separator: "\n", omittingEmptySubsequences: false) else { return nil }
        let fields = lines[3...].prefix { !$0.isEmpty }.map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), String(parts[1]))
        }
        return SignableRequest(
            method: String(lines[0]).httpMethod,
            host: fields.first { $0.0 == "host" }?.1 ?? "",
            target: lines[2].isEmpty ? String(lines[1]) : "\(lines[1])?\(lines[2])",
            headers: HTTPFields(fields.filter { $0.0 != "host" })
        )
    }

    /// What the canonical request says about the body.
    var payload: PayloadHash? {
        canonicalRequest?.split(separator: "\n").last.flatMap { PayloadHash(headerValue: String($0)) }
    }
}

extension PublishedVector {
    /// The published requests that are signed by header.
    static let headerSigned = file.cases.filter { $0.request != nil && $0.url == nil }

    /// The request with its published signature, verified at its published date.
    func verified() throws -> VerifiedRequest? {
        guard var request, let payload else { return nil }
        let names = (request.headers.map(\.name.canonicalName) + ["host"]).sorted().joined(separator: ";")
        request.headers[.amzContentSHA256] = payload.headerValue
        request.headers[.authorization] =
            "AWS4-HMAC-SHA256 Credential=\(Self.file.accessKey)/20130524/us-east-1/s3/aws4_request,"
            + "SignedHeaders=\(names),Signature=\(signature)"
        let verifier = Verifier(region: "us-east-1") { _ in Self.credentials }
        return try verifier.verify(request, at: Self.date)
    }
}
