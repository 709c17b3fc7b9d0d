import Foundation
import HTTPTypes
import Testing

@testable import SigV4

/// One of the header-signed requests, with its body where it has one, that make-vectors.py made.
struct RequestVector: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    let host: String
    let target: String
    let headers: [[String]]
    let sessionToken: String?
    let payload: String
    let canonicalRequest: String
    let stringToSign: String
    let signature: String
    /// Base64 of the data, of its `aws-chunked` form, and the trailers; in streaming vectors only.
    let body: String?
    let wire: String?
    let trailers: [[String]]?

    static let headerSigned = VectorFile<RequestVector>("request-vectors")
    static let streaming = VectorFile<RequestVector>("streaming-vectors")

    var testDescription: String { name }

    var credentials: Credentials { Self.headerSigned.credentials(sessionToken: sessionToken) }

    var request: SignableRequest {
        SignableRequest(
            method: method.httpMethod,
            host: host,
            target: target,
            headers: HTTPFields(headers.map { ($0[0], $0[1]) })
        )
    }

    /// The request before it was signed.
    var unsigned: SignableRequest {
        var request = request
        request.headers[.authorization] = nil
        request.headers[.amzDate] = nil
        request.headers[.amzContentSHA256] = nil
        request.headers[.amzSecurityToken] = nil
        return request
    }

    var verifier: Verifier {
        let credentials = credentials
        return Verifier(region: "us-east-1") { $0 == credentials.accessKeyID ? credentials : nil }
    }

    var bodyBytes: [UInt8] { Array(Data(base64Encoded: body ?? "") ?? Data()) }
    var wireBytes: [UInt8] { Array(Data(base64Encoded: wire ?? "") ?? Data()) }

    /// A decoder for the body, made from the verified head.
    func decoder() throws -> ChunkedPayloadDecoder? {
        guard let verified = try verifier.verify(request, at: .example) else { return nil }
        return ChunkedPayloadDecoder(
            verifiedBy: verified,
            announcedTrailers: (trailers ?? []).map { $0[0] },
            decodedContentLength: Int64(bodyBytes.count)
        )
    }
}
