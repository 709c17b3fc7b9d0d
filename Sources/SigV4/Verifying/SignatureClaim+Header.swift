import HTTPTypes

extension SignatureClaim {
    /// Reads the claim of an `Authorization` header.
    ///
    /// Order of checks: type, components, credential, terminal, service, region, date, the scope's day.
    init(
        authorization: String,
        headers: HTTPFields,
        expecting expected: ExpectedScope
    ) throws(SigV4Error) {
        let components = try AuthorizationComponents(authorization)
        guard let credential = ClaimedCredential(components.credential) else {
            throw .headerMalformed(Self.malformedCredential)
        }
        if let objection = expected.objection(to: credential) {
            throw .headerMalformed(objection, details: [.init("Region", expected.region)])
        }
        guard let date = Self.date(of: headers) else { throw .headerDateMissing }
        guard credential.scope.day == date.day else {
            throw .headerMalformed(Self.wrongDay(of: credential, date: date))
        }
        self.init(
            form: .header,
            credential: credential,
            date: date,
            expiresInSeconds: nil,
            signedHeaders: components.signedHeaders,
            signature: components.signature,
            sessionToken: headers[.amzSecurityToken]
        )
    }

    /// `x-amz-date`, or `Date` when that is missing; either spelling in both.
    private static func date(of headers: HTTPFields) -> SigningDate? {
        guard let text = headers[.amzDate] ?? headers[.date] else { return nil }
        return SigningDate(basic: text) ?? SigningDate(httpDate: text)
    }
}
