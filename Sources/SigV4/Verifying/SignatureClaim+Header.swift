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

/// The three components of an `Authorization` header with version 4.
private struct AuthorizationComponents {
    let credential: String
    let signedHeaders: String
    let signature: String

    /// Splits `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`; blanks behind the commas may be missing.
    init(_ authorization: String) throws(SigV4Error) {
        let blank = authorization.firstIndex(of: " ") ?? authorization.endIndex
        let type = authorization[..<blank]
        guard type == SignatureClaim.algorithm else {
            throw type.hasPrefix("AWS") ? .otherSignatureVersion : .otherAuthorizationType
        }
        var values: [Substring: Substring] = [:]
        for component in authorization[blank...].split(separator: ",", omittingEmptySubsequences: false) {
            let trimmed = component.drop { $0 == " " }
            let parts = trimmed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, Self.names.contains(parts[0]) else {
                throw .headerMalformed("expecting Credential=…, SignedHeaders=…, Signature=… separated by commas.")
            }
            guard values.updateValue(parts[1], forKey: parts[0]) == nil else {
                throw .headerMalformed("\(parts[0]) must be given only once.")
            }
        }
        credential = try Self.require("Credential", of: values)
        signedHeaders = try Self.require("SignedHeaders", of: values)
        signature = try Self.require("Signature", of: values)
    }

    private static let names: Set<Substring> = ["Credential", "SignedHeaders", "Signature"]

    private static func require(_ name: Substring, of values: [Substring: Substring]) throws(SigV4Error) -> String {
        guard let value = values[name], !value.isEmpty else { throw .headerMalformed("missing \(name).") }
        return String(value)
    }
}
