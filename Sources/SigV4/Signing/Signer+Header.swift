import HTTPTypes

extension Signer {
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

        let names = Self.headerNames(of: signed) { !Self.unsignedHeaders.contains($0) }
        let seal = CanonicalRequest.Seal(
            signedHeaders: names.joined(separator: ";"),
            headerNames: names,
            payload: payload
        )
        let target = RequestTarget(signed.target)
        let canonical = CanonicalRequest(signed, path: target.path, seal: seal) { bytes in
            CanonicalQuery(target.query).write(to: &bytes)
        }
        let signature = String(decoding: signature(of: canonical, at: date), as: UTF8.self)
        signed.headers[.authorization] =
            "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope(on: date)), "
            + "SignedHeaders=\(seal.signedHeaders), Signature=\(signature)"
        return signed
    }

    /// Signs a POST policy, the only way in S3 to allow an upload of at most some size.
    ///
    /// - Parameters:
    ///   - base64: The policy document in base64, exactly as it stands in the form's `policy` field.
    ///   - date: The moment in the form's `x-amz-date` and, its day, in `x-amz-credential`.
    /// - Returns: The form's `x-amz-signature`.
    public func signature(ofPolicy base64: String, at date: SigningDate) -> String {
        String(decoding: signature(of: Array(base64.utf8), scope: scope(on: date)), as: UTF8.self)
    }

    /// What proxies and transports rewrite, so that signing it would break the request.
    private static let unsignedHeaders: Set<String> = [
        "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
    ]
}
