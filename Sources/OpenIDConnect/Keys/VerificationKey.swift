import Crypto
import CryptoExtras

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A public key of the provider.
///
/// It knows its one algorithm: what a token says of its own is only compared with it, so that no key is ever used as
/// another kind (RFC 8725, section 3.1).
enum VerificationKey {
    /// RS256: RSASSA-PKCS1-v1_5 with SHA-256.
    case rsa(_RSA.Signing.PublicKey)
    /// ES256: ECDSA on P-256 with SHA-256.
    case p256(P256.Signing.PublicKey)

    /// The algorithm's name (RFC 7518, section 3.1).
    var algorithm: String {
        switch self {
        case .rsa: "RS256"
        case .p256: "ES256"
        }
    }

    /// Whether the key's owner signed these bytes.
    func isValid(_ signature: Data, for bytes: Data) -> Bool {
        switch self {
        case .rsa(let key):
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature),
                for: SHA256.hash(data: bytes),
                padding: .insecurePKCS1v1_5
            )
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: SHA256.hash(data: bytes))
        }
    }
}
