import HTTPTypes
import NIOCore
import SigV4

/// Credentials that a container's host hands out (ECS, EKS Pod Identity, Greengrass).
///
/// `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`, or `AWS_CONTAINER_CREDENTIALS_FULL_URI` with a token in
/// `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` or `AWS_CONTAINER_AUTHORIZATION_TOKEN`.
struct ContainerCredentials: CredentialSource {
    /// What to work with.
    let context: SourceContext

    func load(at now: SigningDate) async throws(AWSError) -> Credentials? {
        guard let (address, variable) = try address() else { return nil }
        do {
            var request = AWSRequest(.get, target: address.target)
            request.headers[.accept] = "application/json"
            request.headers[.authorization] = try token()
            let answer = try await context.local(address.endpoint, attempts: 3)
                .collect(request, upTo: CredentialDocument.limit)
            return try CredentialDocument.credentials(answer.body)
        } catch {
            throw AWSError(at: "the container endpoint \(address.endpoint) (\(variable))", error)
        }
    }

    /// Where to ask.
    struct Address: Equatable {
        /// Whom.
        let endpoint: AWSEndpoint
        /// For what.
        let target: String
    }

    /// Where the environment says to ask, and by which variable; `nil` when it does not say.
    func address() throws(AWSError) -> (Address, variable: String)? {
        let relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
        let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
        if let path = context.environment[relative] {
            guard path.hasPrefix("/"), let address = Self.address("http://169.254.170.2\(path)") else {
                throw AWSError(.credentials, "\(relative) is no path: it has to begin with a slash.")
            }
            return (address, relative)
        }
        guard let url = context.environment[full] else { return nil }
        guard let address = Self.address(url) else { throw AWSError(.credentials, "\(full) is no http or https URL.") }
        guard Self.isAllowed(address.endpoint) else {
            throw AWSError(
                .credentials,
                "\(full) names the host \(address.endpoint.host) over plain http, allowed for this machine "
                    + "and the container endpoints only (127.0.0.0/8, ::1, 169.254.170.2, 169.254.170.23, "
                    + "fd00:ec2::23): use https."
            )
        }
        return (address, full)
    }

    /// Cuts a URL into endpoint and target.
    private static func address(_ url: String) -> Address? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let targetStart = url[scheme.upperBound...].firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex
        let target = url[targetStart...]
        guard let endpoint = AWSEndpoint(String(url[..<targetStart])),
            target.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else { return nil }
        return Address(endpoint: endpoint, target: target.hasPrefix("/") ? String(target) : "/\(target)")
    }

    /// Whether credentials may be asked for there: over TLS anywhere, else without leaving the machine.
    private static func isAllowed(_ endpoint: AWSEndpoint) -> Bool {
        if endpoint.scheme == "https" { return true }
        let host = endpoint.host
        if ["localhost", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"].contains(host) { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    }

    /// The `Authorization` to send, `nil` when none is configured.
    private func token() throws(AWSError) -> String? {
        let variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
        var token = context.environment[variable]
        if let path = context.environment["\(variable)_FILE"] {
            guard let text = try context.environment.file(path) else {
                throw AWSError(.credentials, "There is no file \(path) (\(variable)_FILE).")
            }
            token = text
        }
        guard var token else { return nil }
        while token.last?.isNewline == true { token.removeLast() }
        guard !token.contains(where: \.isNewline) else {
            throw AWSError(.credentials, "The token of \(variable) has a line break inside.")
        }
        return token
    }
}
