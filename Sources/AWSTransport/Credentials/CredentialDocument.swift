import NIOCore
import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Credentials as the container endpoint and EC2's metadata hand them out: a JSON object.
struct CredentialDocument: Decodable {
    /// `Success`, or why there are no credentials; only EC2's metadata says it.
    let code: String?
    private let accessKeyID: String?
    private let secretAccessKey: String?
    private let token: String?
    private let expiration: String?

    private enum CodingKeys: String, CodingKey {
        case code = "Code"
        case accessKeyID = "AccessKeyId"
        case secretAccessKey = "SecretAccessKey"
        case token = "Token"
        case expiration = "Expiration"
    }

    /// The most bytes of a document.
    static let limit = 65_536

    /// Reads a document.
    ///
    /// - Parameter bytes: The JSON text.
    /// - Returns: The credentials.
    /// - Throws: ``AWSError`` of kind `badAnswer`, without the text: it may hold a secret.
    static func credentials(_ bytes: ByteBuffer) throws(AWSError) -> Credentials {
        guard let document = try? JSONDecoder().decode(Self.self, from: Data(bytes.readableBytesView)) else {
            throw AWSError(.badAnswer, "The answer is no JSON object with credentials.")
        }
        if let code = document.code, code != "Success" {
            throw AWSError(.badAnswer, "The answer says \"\(code)\".")
        }
        guard let id = document.accessKeyID, let secret = document.secretAccessKey else {
            throw AWSError(.badAnswer, "The answer has no AccessKeyId or no SecretAccessKey.")
        }
        let expiresAt = document.expiration.flatMap(SigningDate.init(iso8601:))
        guard document.expiration == nil || expiresAt != nil else {
            throw AWSError(.badAnswer, "The answer's Expiration is no date like 2025-01-02T03:04:05Z.")
        }
        return Credentials(
            accessKeyID: id,
            secretAccessKey: Secret(secret),
            sessionToken: document.token,
            expiresAt: expiresAt
        )
    }
}
