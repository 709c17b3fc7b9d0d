import HTTPTypes

/// Checks the signatures of requests for one region and service.
///
/// Nothing of a request is trusted, nothing of it traps, and the work is bounded by the request's own size. Copies
/// share a small cache of derived keys.
public struct Verifier: Sendable {
    /// The region that credentials must name.
    public let region: String

    /// The service that credentials must name.
    public let service: String

    /// How far a clock may be off, in seconds, 0...86,400: either way for headers, ahead for presigned requests.
    public let maximumSkewSeconds: Int

    private let credentials: @Sendable (_ accessKeyID: String) -> Credentials?
    let keys = SigningKeyCache()

    /// Makes a verifier.
    ///
    /// - Parameters:
    ///   - region: The region, for example `us-east-1`.
    ///   - service: The service.
    ///   - maximumSkewSeconds: How far a clock may be off, in seconds; at most a day.
    ///   - credentials: Finds a key by its public name, which comes from the request; `nil` when there is none.
    public init(
        region: String,
        service: String = "s3",
        maximumSkewSeconds: Int = 900,
        credentials: @escaping @Sendable (_ accessKeyID: String) -> Credentials?
    ) {
        self.region = region
        self.service = service
        self.maximumSkewSeconds = min(max(maximumSkewSeconds, 0), 86_400)
        self.credentials = credentials
    }

    /// Checks the signature of a request head, before its body is read.
    ///
    /// Cheap checks come first and in the order that gives S3's error codes: form of the claim, credential, time, key,
    /// token, unsigned headers, signature.
    ///
    /// - Parameters:
    ///   - request: The head as it was on the wire, its target untouched.
    ///   - now: The server's clock when the head arrived; a body may take longer.
    /// - Returns: What was verified, `nil` for an anonymous request.
    /// - Throws: ``SigV4Error`` when the request claims a signature that does not hold.
    public func verify(_ request: SignableRequest, at now: SigningDate) throws(SigV4Error) -> VerifiedRequest? {
        let target = RequestTarget(request.target)
        let query = CanonicalQuery(target.query)
        guard let claim = try claim(of: request, query: query) else { return nil }
        try checkTime(of: claim, now: now)
        let credentials = try knownCredentials(
            claim.credential.accessKeyID,
            sessionToken: claim.sessionToken,
            now: now
        )
        let seal = CanonicalRequest.Seal(
            signedHeaders: claim.signedHeaders,
            headerNames: try signedNames(of: claim, request: request),
            payload: try payload(of: request, form: claim.form)
        )
        let canonical = CanonicalRequest(request, path: target.path, seal: seal) { bytes in
            query.write(to: &bytes, leavingOut: "X-Amz-Signature")
        }
        guard canonical.isWellFormed, query.isWellFormed else { throw .targetMalformed }
        let key = keys.key(secret: credentials.secretAccessKey, scope: claim.credential.scope)
        let signature = try check(claim, of: canonical, with: key)
        let chain = ChunkSignatureChain(key: key, date: claim.date, scope: claim.credential.scope, seed: signature)
        return VerifiedRequest(claim, seal: seal, chunkSeed: chain)
    }
}

extension Verifier {
    private func claim(of request: SignableRequest, query: CanonicalQuery) throws(SigV4Error) -> SignatureClaim? {
        let expected = ExpectedScope(region: region, service: service)
        let authorization = request.headers[.authorization]
        let isPresigned = SignatureClaim.isPresent(in: query) || SignatureClaim.isVersion2(query)
        if let authorization {
            if isPresigned { throw .bothForms }
            return try SignatureClaim(authorization: authorization, headers: request.headers, expecting: expected)
        }
        guard isPresigned else { return nil }
        guard SignatureClaim.isPresent(in: query) else { throw .otherSignatureVersion }
        return try SignatureClaim(query: query, expecting: expected)
    }

    private func checkTime(of claim: SignatureClaim, now: SigningDate) throws(SigV4Error) {
        let ahead = claim.date.secondsSince1970 - now.secondsSince1970
        let skew = Int64(maximumSkewSeconds)
        if let expiresInSeconds = claim.expiresInSeconds {
            if ahead > skew { throw .notYetValid }
            if -ahead > Int64(expiresInSeconds) {
                throw .expired(date: claim.date, expiresInSeconds: expiresInSeconds, now: now)
            }
        } else if ahead > skew || -ahead > skew {
            throw .skewed(date: claim.date, now: now, maximumSeconds: maximumSkewSeconds)
        }
    }

    /// The key of that name, once it is sure that the token is its own and that it is still alive.
    func knownCredentials(
        _ accessKeyID: String,
        sessionToken: String?,
        now: SigningDate
    ) throws(SigV4Error) -> Credentials {
        guard let credentials = credentials(accessKeyID) else { throw .unknownKey(accessKeyID) }
        switch (credentials.sessionToken, sessionToken) {
        case (nil, nil): break
        case (_?, nil): throw .unknownKey(accessKeyID)
        case (nil, _?): throw .wrongToken
        case (let expected?, let given?):
            guard constantTimeEqual(expected.utf8, given.utf8) else { throw .wrongToken }
        }
        if let expiresAt = credentials.expiresAt, now > expiresAt { throw .expiredToken }
        return credentials
    }

    private func payload(of request: SignableRequest, form: VerifiedRequest.Form) throws(SigV4Error) -> PayloadHash {
        guard form == .header else { return .unsigned }
        guard let value = request.headers[.amzContentSHA256] else { throw .contentSHA256Missing }
        guard let payload = PayloadHash(headerValue: value) else { throw .contentSHA256Unknown(value) }
        return payload
    }

    /// The names in the claim's order, once it is sure that the host and every `x-amz-*` header is among them.
    private func signedNames(of claim: SignatureClaim, request: SignableRequest) throws(SigV4Error) -> [String] {
        let parts = claim.signedHeaders.utf8.split(
            separator: UInt8(ascii: ";"),
            maxSplits: SignatureClaim.maximumSignedHeaders
        )
        guard parts.count <= SignatureClaim.maximumSignedHeaders else { throw .tooManySignedHeaders(claim.form) }
        let names = parts.map { String(Substring($0)) }
        var known = Set(names)
        var missing = known.insert("host").inserted ? ["host"] : []
        for field in request.headers where field.name.canonicalName.hasPrefix("x-amz-") {
            let name = field.name.canonicalName
            if known.insert(name).inserted { missing.append(name) }
        }
        guard missing.isEmpty else { throw .headersNotSigned(missing) }
        return names
    }

    /// The signature as we calculate it, once it is sure that the claim's is the same.
    private func check(
        _ claim: SignatureClaim,
        of canonical: CanonicalRequest,
        with key: SigningKey
    ) throws(SigV4Error) -> [UInt8] {
        let text = StringToSign.request(canonical, date: claim.date, scope: claim.credential.scope)
        let signature = key.signature(of: text)
        guard constantTimeEqual(signature, claim.signature.utf8) else {
            throw .mismatch(claim: claim, stringToSign: text, canonicalRequest: canonical.bytes)
        }
        return signature
    }
}
