import HTTPTypes
import NIOCore
import SigV4

/// Credentials of the role of an EC2 instance, by its metadata service version 2.
///
/// `AWS_EC2_METADATA_DISABLED`, `AWS_EC2_METADATA_SERVICE_ENDPOINT`, `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`. Version
/// 1, which needs no token and so answers forged requests, is not spoken.
struct InstanceCredentials: CredentialSource {
    /// What to work with.
    let context: SourceContext

    private static let rolePath = "/latest/meta-data/iam/security-credentials/"
    private static let endpointVariable = "AWS_EC2_METADATA_SERVICE_ENDPOINT"

    func load(at now: SigningDate) async throws(AWSError) -> Credentials? {
        guard !context.environment.isTrue("AWS_EC2_METADATA_DISABLED") else { return nil }
        let endpoint = try endpoint()
        do {
            guard let token = try await token(endpoint) else { return nil }
            guard let role = try await roleName(endpoint, token) else { return nil }
            let answer = try await get(Self.rolePath + URICoding.encode(role), endpoint, token)
            return try CredentialDocument.credentials(answer)
        } catch {
            throw AWSError(at: "EC2 metadata at \(endpoint)", error)
        }
    }

    /// A session with the metadata service; `nil` when this machine has none.
    private func token(_ endpoint: AWSEndpoint) async throws -> String? {
        var request = AWSRequest(.put, target: "/latest/api/token")
        if let name = HTTPField.Name("x-aws-ec2-metadata-token-ttl-seconds") { request.headers[name] = "21600" }
        do {
            // Elsewhere than on EC2 nobody answers at this address: asking once is enough to know.
            let answer = try await context.local(endpoint, attempts: 1).collect(request, upTo: CredentialDocument.limit)
            return String(buffer: answer.body)
        } catch let error as AWSError where isAbsence(error) {
            return nil
        }
    }

    /// The instance's role, `nil` when it has none.
    private func roleName(_ endpoint: AWSEndpoint, _ token: String) async throws -> String? {
        do {
            let text = String(buffer: try await get(Self.rolePath, endpoint, token))
            return text.split(whereSeparator: \.isNewline).first.map(String.init)
        } catch let error as AWSError where error.status == 404 {
            return nil
        }
    }

    private func get(_ path: String, _ endpoint: AWSEndpoint, _ token: String) async throws -> ByteBuffer {
        var request = AWSRequest(.get, target: path)
        if let name = HTTPField.Name("x-aws-ec2-metadata-token") { request.headers[name] = token }
        return try await context.local(endpoint, attempts: 3).collect(request, upTo: CredentialDocument.limit).body
    }

    /// Whether an error says that there is no metadata service, or that it is switched off.
    private func isAbsence(_ error: AWSError) -> Bool {
        switch error.kind {
        case .transport, .timeout: context.environment[Self.endpointVariable] == nil
        case .service: error.status == 403 || error.status == 404 || error.status == 405
        case .credentials, .badAnswer, .badRequest, .cancelled: false
        }
    }

    /// Where the metadata service is.
    private func endpoint() throws(AWSError) -> AWSEndpoint {
        let isIPv6 = context.environment["\(Self.endpointVariable)_MODE"]?.lowercased() == "ipv6"
        let url =
            context.environment[Self.endpointVariable] ?? "http://\(isIPv6 ? "[fd00:ec2::254]" : "169.254.169.254")"
        guard let endpoint = AWSEndpoint(url) else {
            throw AWSError(
                .credentials,
                "\(Self.endpointVariable) is \"\(url)\": write it like http://169.254.169.254."
            )
        }
        return endpoint
    }
}
