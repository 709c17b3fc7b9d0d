extension SignatureClaim {
    /// Whether a query claims to carry a version 4 signature.
    static func isPresent(in query: CanonicalQuery) -> Bool {
        query.contains("X-Amz-Algorithm") || query.contains("X-Amz-Signature") || query.contains("X-Amz-Credential")
    }

    /// Whether a query carries a version 2 signature, which is refused.
    static func isVersion2(_ query: CanonicalQuery) -> Bool {
        query.contains("AWSAccessKeyId") || (query.contains("Signature") && query.contains("Expires"))
    }

    /// Reads the claim of a presigned request.
    ///
    /// Order of checks: all six there, algorithm, credential, terminal, service, region, date, the scope's day, expiry.
    init(query: CanonicalQuery, expecting expected: ExpectedScope) throws(SigV4Error) {
        let algorithm = try Self.value("X-Amz-Algorithm", of: query)
        let credentialText = try Self.value("X-Amz-Credential", of: query)
        let dateText = try Self.value("X-Amz-Date", of: query)
        let expiresText = try Self.value("X-Amz-Expires", of: query)
        let signedHeaders = try Self.value("X-Amz-SignedHeaders", of: query)
        let signature = try Self.value("X-Amz-Signature", of: query)
        let token = try Self.value("X-Amz-Security-Token", of: query)
        guard let algorithm, let credentialText, let dateText, let expiresText, let signedHeaders, let signature else {
            throw .queryParametersMissing
        }
        guard algorithm == Self.algorithm else { throw .queryAlgorithm }
        guard let credential = ClaimedCredential(credentialText) else {
            throw .queryCredential(Self.malformedCredential)
        }
        if let objection = expected.objection(to: credential) { throw .queryCredential(objection) }
        guard let date = SigningDate(basic: dateText) else { throw .queryDate }
        guard credential.scope.day == date.day else {
            throw .queryCredential(Self.wrongDay(of: credential, date: date))
        }
        self.init(
            form: .query,
            credential: credential,
            date: date,
            expiresInSeconds: try Self.expiry(expiresText),
            signedHeaders: signedHeaders,
            signature: signature,
            sessionToken: token
        )
    }

    /// The decoded value of a parameter, `nil` when it is missing; one that is repeated could be read in two ways.
    private static func value(_ name: String, of query: CanonicalQuery) throws(SigV4Error) -> String? {
        guard let (encoded, isRepeated) = query.value(of: name) else { return nil }
        if isRepeated { throw .queryParameterRepeated(name) }
        return String(decoding: URICoding.decode(bytes: encoded, plusIsSpace: false).bytes, as: UTF8.self)
    }

    private static func expiry(_ text: String) throws(SigV4Error) -> Int {
        let isNegative = text.hasPrefix("-")
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw .expiresNotANumber
        }
        if isNegative { throw .expiresNegative }
        guard let seconds = Int(text), seconds <= 604_800 else { throw .expiresTooLarge }
        return seconds
    }
}
