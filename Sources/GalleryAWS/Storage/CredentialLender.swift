package import AWSTransport
import GalleryCore
import S3
import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Borrows keys from STS that can write one object and nothing else (AWS, AssumeRole with a session policy).
package struct CredentialLender: Sendable {
    /// How long the keys live: the shortest time that STS grants.
    package static let seconds = 900

    private let sts: STSClient
    let role: String
    private let region: String

    /// Makes a lender.
    ///
    /// - Parameters:
    ///   - sts: A client of the service `sts`, with keys that may assume the role.
    ///   - role: The role's ARN; it may write under `incoming/`.
    ///   - region: The region the borrowed keys are used in.
    package init(_ sts: STSClient, role: String, region: String) {
        self.sts = sts
        self.role = role
        self.region = region
    }

    /// Keys that can put this one object, in one piece or in parts.
    ///
    /// - Parameter location: The object.
    /// - Returns: The keys.
    /// - Throws: ``AWSError``.
    func lend(_ location: S3Location) async throws -> TemporaryCredentials {
        let session = AssumedRole(
            arn: role,
            sessionName: "imgn-upload",
            policy: Self.policy(for: location),
            durationSeconds: Self.seconds
        )
        let credentials = try await sts.assumeRole(session)
        guard let token = credentials.sessionToken, let end = credentials.expiresAt else {
            throw AWSError(.badAnswer, "STS lent keys without a session.")
        }
        return TemporaryCredentials(
            keys: (credentials.accessKeyID, credentials.secretAccessKey.value, token),
            expiresAt: end.date,
            region: region
        )
    }

    /// The session policy; without blanks, since some stores read `+` for one.
    static func policy(for location: S3Location) -> String {
        // An id's key holds nothing that JSON or a policy would read otherwise; a prefix's `*` and `?` are spelled out.
        let key = location.key.rawValue.reduce(into: "") { key, character in
            switch character {
            case "*", "?", "$": key += "${\(character)}"
            case "\"", "\\": key += "\\\(character)"
            default: key.append(character)
            }
        }
        let actions = ["PutObject", "AbortMultipartUpload", "ListMultipartUploadParts"]
        let list = actions.map { "\"s3:\($0)\"" }.joined(separator: ",")
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\(list)],"
            + "\"Resource\":\"arn:aws:s3:::\(location.bucket)/\(key)\"}]}"
    }
}
