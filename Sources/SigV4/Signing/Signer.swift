import HTTPTypes

/// Signs requests with one key for one region and service.
///
/// Copies share a small cache of derived keys; everything else is fixed, so one signer serves all tasks.
public struct Signer: Sendable {
    /// The key it signs with.
    public let credentials: Credentials

    /// The region its signatures are good for.
    public let region: String

    /// The service its signatures are good for.
    public let service: String

    private let keys = SigningKeyCache()

    /// Makes a signer.
    ///
    /// - Parameters:
    ///   - credentials: The key to sign with.
    ///   - region: The region, for example `us-east-1`.
    ///   - service: The service.
    public init(credentials: Credentials, region: String, service: String = "s3") {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// Makes a presigned target: a request anybody can send until it expires.
    ///
    /// Signs the host and every header of the request, so the sender has to send exactly those. The body is unsigned: bind it
    /// by signing `content-length` and `x-amz-checksum-sha256`.
    ///
    /// - Parameters:
    ///   - request: Method, host, raw target (its own query is kept and signed) and headers to bind.
    ///   - date: When the request starts to be valid.
    ///   - expiresInSeconds: How long it is valid; servers take 1...604,800.
    /// - Returns: The target with `X-Amz-Algorithm` to `X-Amz-Signature` behind its own query.
    public func presign(_ request: SignableRequest, at date: SigningDate, expiresInSeconds: Int) -> String {
        let scope = CredentialScope(day: date.day, region: region, service: service)
        let names = Self.headerNames(of: request) { _ in true }
        let signedHeaders = names.joined(separator: ";")
        let basic = date.basic
        let parameters = queryParameters(scope, date: basic, expiresInSeconds, signedHeaders: signedHeaders)

        let target = RequestTarget(request.target)
        let seal = CanonicalRequest.Seal(
            signedHeaders: signedHeaders,
            headerNames: names,
            payload: PayloadHash.unsigned.headerValue
        )
        let canonical = CanonicalRequest(request, path: target.path, seal: seal) { bytes in
            guard target.query?.isEmpty == false else { return bytes.append(contentsOf: parameters) }
            var query = CanonicalQuery(target.query)
            query.append(encoded: parameters[...])
            query.write(to: &bytes)
        }
        let text = StringToSign.request(canonical, date: basic, scope: scope)

        var result: [UInt8] = []
        result.reserveCapacity(request.target.utf8.count + parameters.count + 90)
        result.append(contentsOf: request.target.utf8)
        Self.appendSeparator(for: target, to: &result)
        result.append(contentsOf: parameters)
        result.append(contentsOf: "&X-Amz-Signature=".utf8)
        result.append(contentsOf: key(for: scope).signature(of: text))
        return String(decoding: result, as: UTF8.self)
    }

    /// Signs a request by its `Authorization` header.
    ///
    /// Signs the host and every header but those that proxies and transports rewrite (`connection`, `expect`,
    /// `transfer-encoding`, `user-agent`, `x-amzn-trace-id`).
    ///
    /// - Parameters:
    ///   - request: The request as it will be sent.
    ///   - payload: What to say about the body; a digest is not checked here.
    ///   - date: Now.
    /// - Returns: The request with `x-amz-date`, `x-amz-content-sha256`, for temporary keys `x-amz-security-token`, and
    ///   `authorization`.
    public func sign(_ request: SignableRequest, payload: PayloadHash, at date: SigningDate) -> SignableRequest {
        var signed = request
        signed.headers[.authorization] = nil
        signed.headers[.amzDate] = date.basic
        signed.headers[.amzContentSHA256] = payload.headerValue
        signed.headers[.amzSecurityToken] = credentials.sessionToken

        let scope = CredentialScope(day: date.day, region: region, service: service)
        let names = Self.headerNames(of: signed) { !Self.unsignedHeaders.contains($0) }
        let signedHeaders = names.joined(separator: ";")
        let target = RequestTarget(signed.target)
        let seal = CanonicalRequest.Seal(
            signedHeaders: signedHeaders,
            headerNames: names,
            payload: payload.headerValue
        )
        let canonical = CanonicalRequest(signed, path: target.path, seal: seal) { bytes in
            CanonicalQuery(target.query).write(to: &bytes)
        }
        let text = StringToSign.request(canonical, date: date.basic, scope: scope)
        let signature = String(decoding: key(for: scope).signature(of: text), as: UTF8.self)
        signed.headers[.authorization] =
            "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=\(signedHeaders), "
            + "Signature=\(signature)"
        return signed
    }

    /// Signs a POST policy, the only way in S3 to allow an upload of at most some size.
    ///
    /// - Parameters:
    ///   - base64: The policy document in base64, exactly as it stands in the form's `policy` field.
    ///   - date: The moment in the form's `x-amz-date` and, its day, in `x-amz-credential`.
    /// - Returns: The form's `x-amz-signature`.
    public func signature(ofPolicy base64: String, at date: SigningDate) -> String {
        let scope = CredentialScope(day: date.day, region: region, service: service)
        return String(decoding: key(for: scope).signature(of: Array(base64.utf8)), as: UTF8.self)
    }
}

extension Signer {
    private static let unsignedHeaders: Set<String> = [
        "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
    ]

    private func key(for scope: CredentialScope) -> SigningKey {
        keys.key(secret: credentials.secretAccessKey, scope: scope)
    }

    /// The names to sign: `host` and the wanted headers, sorted, each once.
    private static func headerNames(of request: SignableRequest, where isWanted: (String) -> Bool) -> [String] {
        var names = ["host"]
        for field in request.headers {
            let name = field.name.canonicalName
            if isWanted(name), !names.contains(name) { names.append(name) }
        }
        return names.sorted()
    }

    /// The signature's own parameters in their sorted order, encoded, without `X-Amz-Signature`.
    private func queryParameters(
        _ scope: CredentialScope,
        date: String,
        _ expiresInSeconds: Int,
        signedHeaders: String
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(384 + (credentials.sessionToken?.utf8.count ?? 0) * 2)
        bytes.append(contentsOf: "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=".utf8)
        for part in [credentials.accessKeyID, scope.day, scope.region, scope.service] {
            URICoding.append(part.utf8, to: &bytes)
            bytes.append(contentsOf: "%2F".utf8)
        }
        bytes.append(contentsOf: CredentialScope.terminal.utf8)
        bytes.append(contentsOf: "&X-Amz-Date=".utf8)
        bytes.append(contentsOf: date.utf8)
        bytes.append(contentsOf: "&X-Amz-Expires=".utf8)
        URICoding.append(String(expiresInSeconds).utf8, to: &bytes)
        if let token = credentials.sessionToken {
            bytes.append(contentsOf: "&X-Amz-Security-Token=".utf8)
            URICoding.append(token.utf8, to: &bytes)
        }
        bytes.append(contentsOf: "&X-Amz-SignedHeaders=".utf8)
        URICoding.append(signedHeaders.utf8, to: &bytes)
        return bytes
    }

    private static func appendSeparator(for target: RequestTarget, to bytes: inout [UInt8]) {
        switch target.query?.isEmpty {
        case nil: bytes.append(UInt8(ascii: "?"))
        case true?: break
        case false?: bytes.append(UInt8(ascii: "&"))
        }
    }
}
