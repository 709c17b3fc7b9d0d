import Crypto

/// The key of one scope, derived from a secret, with HMAC's key schedule already done.
struct SigningKey: Sendable {
    /// HMAC with the key in it and no data yet; copied for each signature.
    private let keyed: HMAC<SHA256>

    /// Derives the key: the secret keys the day, the result keys the region, and so on to the last word.
    init(secret: Secret, scope: CredentialScope) {
        var key = SymmetricKey(data: Array("AWS4".utf8) + Array(secret.value.utf8))
        for part in [scope.day, scope.region, scope.service, CredentialScope.terminal] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        keyed = HMAC(key: key)
    }

    /// The signature of a text in 64 lower-case hexadecimal digits.
    func signature(of text: [UInt8]) -> [UInt8] {
        var authenticator = keyed
        authenticator.update(data: text)
        var digits: [UInt8] = []
        digits.reserveCapacity(64)
        unsafe authenticator.finalize().withUnsafeBytes { bytes in unsafe Hex.append(bytes, to: &digits) }
        return digits
    }
}
