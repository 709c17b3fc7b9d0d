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

    let keys = SigningKeyCache()

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
    /// Signs the host and every header of the request, so the sender has to send exactly those. The body is unsigned:
    /// bind it by signing `content-length` and `x-amz-checksum-sha256`.
    ///
    /// - Parameters:
    ///   - request: Method, host, raw target (its own query is kept and signed) and headers to bind.
    ///   - date: When the request starts to be valid.
    ///   - expiresInSeconds: How long it is valid; servers take 1...604,800.
    /// - Returns: The target with `X-Amz-Algorithm` to `X-Amz-Signature` behind its own query.
    public func presign(_ request: SignableRequest, at date: SigningDate, expiresInSeconds: Int) -> String {
        let names = Self.headerNames(of: request) { _ in true }
        let seal = CanonicalRequest.Seal(
            signedHeaders: names.joined(separator: ";"),
            headerNames: names,
            payload: .unsigned
        )
        let parameters = queryParameters(date, expiresInSeconds, signedHeaders: seal.signedHeaders)
        let target = RequestTarget(request.target)
        let canonical = CanonicalRequest(request, path: target.path, seal: seal) { bytes in
            guard target.query?.isEmpty == false else { return bytes.append(contentsOf: parameters) }
            var query = CanonicalQuery(target.query)
            query.append(encoded: parameters[...])
            query.write(to: &bytes)
        }
        var result: [UInt8] = []
        result.reserveCapacity(request.target.utf8.count + parameters.count + 90)
        result.append(contentsOf: request.target.utf8)
        Self.appendSeparator(for: target, to: &result)
        result.append(contentsOf: parameters)
        result.append(contentsOf: "&X-Amz-Signature=".utf8)
        result.append(contentsOf: signature(of: canonical, at: date))
        return String(decoding: result, as: UTF8.self)
    }
}

extension Signer {
    /// The scope of a day's signatures.
    func scope(on date: SigningDate) -> CredentialScope {
        CredentialScope(day: date.day, region: region, service: service)
    }

    /// The signature of any text on a day, in 64 hexadecimal digits.
    func signature(of text: [UInt8], scope: CredentialScope) -> [UInt8] {
        keys.key(secret: credentials.secretAccessKey, scope: scope).signature(of: text)
    }

    /// The signature of a request, in 64 hexadecimal digits.
    func signature(of canonical: CanonicalRequest, at date: SigningDate) -> [UInt8] {
        let scope = scope(on: date)
        return signature(of: StringToSign.request(canonical, date: date, scope: scope), scope: scope)
    }

    /// The names to sign: `host` and the wanted headers, sorted, each once.
    static func headerNames(of request: SignableRequest, where isWanted: (String) -> Bool) -> [String] {
        var names = ["host"]
        for field in request.headers {
            let name = field.name.canonicalName
            if isWanted(name), !names.contains(name) { names.append(name) }
        }
        return names.sorted()
    }

    /// The signature's own parameters in their sorted order, encoded, without `X-Amz-Signature`.
    private func queryParameters(
        _ date: SigningDate,
        _ expiresInSeconds: Int,
        signedHeaders: String
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(384 + (credentials.sessionToken?.utf8.count ?? 0) * 2)
        bytes.append(contentsOf: "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=".utf8)
        for part in [credentials.accessKeyID, date.day, region, service] {
            URICoding.append(part.utf8, to: &bytes)
            bytes.append(contentsOf: "%2F".utf8)
        }
        bytes.append(contentsOf: CredentialScope.terminal.utf8)
        bytes.append(contentsOf: "&X-Amz-Date=".utf8)
        date.appendBasic(to: &bytes)
        bytes.append(contentsOf: "&X-Amz-Expires=".utf8)
        bytes.append(contentsOf: String(expiresInSeconds).utf8)
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
