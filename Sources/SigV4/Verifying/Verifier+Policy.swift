extension Verifier {
    /// Checks the signature of a POST policy; what the policy says is for the receiver of the form to check.
    ///
    /// Cheap checks come first: version, all fields there, algorithm, credential, terminal, service, region, date, the
    /// scope's day, not yet valid, key, token, signature. How long a policy is good for, its own `expiration` says.
    ///
    /// - Parameters:
    ///   - form: The policy with the form's signature.
    ///   - now: The server's clock when the fields had arrived; the file may take longer.
    /// - Returns: The public name of the key that signed.
    /// - Throws: ``SigV4Error`` when the signature does not hold.
    public func verify(_ form: SignedPolicy, at now: SigningDate) throws(SigV4Error) -> String {
        guard !form.isVersion2 else { throw .otherSignatureVersion }
        let algorithm = try Self.require(form.algorithm, "X-Amz-Algorithm")
        let credentialText = try Self.require(form.credential, "X-Amz-Credential")
        let dateText = try Self.require(form.date, "X-Amz-Date")
        let signature = try Self.require(form.signature, "X-Amz-Signature")
        guard algorithm == SignatureClaim.algorithm else { throw .policyAlgorithm(algorithm) }
        let credential = try credential(credentialText)
        guard let date = SigningDate(basic: dateText) else { throw .policyDate(dateText) }
        guard credential.scope.day == date.day else {
            throw .policyCredential(credentialText, SignatureClaim.wrongDay(of: credential, date: date))
        }
        let ahead = date.secondsSince1970 - now.secondsSince1970
        guard ahead <= Int64(maximumSkewSeconds) else { throw .notYetValid }
        let known = try knownCredentials(credential.accessKeyID, sessionToken: form.sessionToken, now: now)
        let text = Array(form.policy.utf8)
        let expected = keys.key(secret: known.secretAccessKey, scope: credential.scope).signature(of: text)
        guard constantTimeEqual(expected, signature.utf8) else {
            throw .policyMismatch(accessKeyID: credential.accessKeyID, stringToSign: text, signature: signature)
        }
        return credential.accessKeyID
    }

    private static func require(_ value: String?, _ name: String) throws(SigV4Error) -> String {
        guard let value, !value.isEmpty else { throw .policyFieldMissing(name) }
        return value
    }

    private func credential(_ text: String) throws(SigV4Error) -> ClaimedCredential {
        guard let credential = ClaimedCredential(text) else {
            throw .policyCredential(text, SignatureClaim.malformedCredential)
        }
        if let objection = ExpectedScope(region: region, service: service).objection(to: credential) {
            throw .policyCredential(text, objection)
        }
        return credential
    }
}
