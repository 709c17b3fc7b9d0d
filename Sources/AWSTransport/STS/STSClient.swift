import HTTPTypes
import NIOCore
import S3XML
package import SigV4

/// Asks the Security Token Service for temporary credentials.
///
/// The query protocol of 2011-06-15: a form in, XML out.
package struct STSClient: Sendable {
    private let client: AWSClient

    /// Asks by a client whose service is `sts`.
    ///
    /// - Parameter client: The client; one without credentials can call ``assumeRole(_:webIdentityToken:)`` only.
    package init(_ client: AWSClient) {
        self.client = client
    }

    /// Credentials of a role.
    ///
    /// - Parameter role: The role, and how to play it.
    /// - Returns: Temporary credentials.
    /// - Throws: ``AWSError``; `CancellationError`.
    package func assumeRole(_ role: AssumedRole) async throws -> Credentials {
        try await credentials("AssumeRole", role.parameters)
    }

    /// Credentials of a role for the bearer of another identity provider's token; needs no credentials.
    ///
    /// - Parameters:
    ///   - role: The role, and how to play it.
    ///   - webIdentityToken: The token, a JWT.
    /// - Returns: Temporary credentials.
    /// - Throws: ``AWSError``; `CancellationError`.
    package func assumeRole(_ role: AssumedRole, webIdentityToken: String) async throws -> Credentials {
        try await credentials("AssumeRoleWithWebIdentity", role.parameters + [("WebIdentityToken", webIdentityToken)])
    }

    /// Credentials of the caller, an IAM user, narrowed by a policy.
    ///
    /// - Parameters:
    ///   - name: Who uses them, 2 to 32 characters of letters, digits and `=,.@-`.
    ///   - policy: What they may do, a JSON policy; without one they may do nothing.
    ///   - durationSeconds: How long they live, 900 to 129,600.
    /// - Returns: Temporary credentials.
    /// - Throws: ``AWSError``; `CancellationError`.
    package func federationToken(name: String, policy: String, durationSeconds: Int) async throws -> Credentials {
        try await credentials(
            "GetFederationToken",
            [("Name", name), ("Policy", policy), ("DurationSeconds", String(durationSeconds))]
        )
    }
}

extension STSClient {
    /// The most bytes of an answer.
    private static let answerLimit = 65_536

    private func credentials(_ action: String, _ parameters: [(String, String)]) async throws -> Credentials {
        let form = ([("Action", action), ("Version", "2011-06-15")] + parameters)
            .map { "\($0)=\(URICoding.encode($1))" }
            .joined(separator: "&")
        var request = AWSRequest(.post, target: "/")
        request.headers[.contentType] = "application/x-www-form-urlencoded; charset=utf-8"
        request.body = .bytes(ByteBuffer(string: form))
        request.payload = .digest(of: form.utf8)
        let answer = try await client.collect(request, upTo: Self.answerLimit)
        guard let root = try? XMLElement(parsing: answer.body.readableBytesView),
            let result = root.all("\(action)Result").first?.all("Credentials").first,
            let id = result["AccessKeyId"], let secret = result["SecretAccessKey"], let token = result["SessionToken"],
            let expiration = result["Expiration"].flatMap(SigningDate.init(iso8601:))
        else { throw AWSError(.badAnswer, "STS answered \(action) with something that holds no credentials.") }
        return Credentials(
            accessKeyID: id,
            secretAccessKey: Secret(secret),
            sessionToken: token,
            expiresAt: expiration
        )
    }
}
