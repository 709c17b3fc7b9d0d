import Crypto
import CryptoExtras

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The provider's keys (JWK Set, RFC 7517, section 5), as far as they are for signatures that are taken here.
struct KeySet {
    /// The most keys of a set that are looked at.
    static let maximumCount = 64

    private let keys: [(id: String?, key: VerificationKey)]

    /// Reads a set.
    ///
    /// Keys of other kinds, for other uses, or too weak are left out.
    ///
    /// - Parameter document: The JSON document.
    /// - Throws: `provider` for what is no such set, or has no key that can be used.
    init(_ document: Data) throws(OpenIDError) {
        guard let set = try? JSONDecoder().decode(JSONWebKeySet.self, from: document) else {
            throw .provider("The provider's keys are no JWK Set.")
        }
        keys = set.keys.prefix(Self.maximumCount).compactMap { key in key.key.map { (key.id, $0) } }
        guard !keys.isEmpty else { throw .provider("The provider has no key for RS256 or ES256.") }
    }

    /// The key that a token names; the only one there is, for a token that names none.
    func key(for header: TokenHeader) -> VerificationKey? {
        guard let id = header.keyID else { return keys.count == 1 ? keys[0].key : nil }
        return keys.first { $0.id == id }?.key
    }
}

private struct JSONWebKeySet: Decodable {
    let keys: [JSONWebKey]
}

/// One key (RFC 7517, section 4; RFC 7518, section 6).
private struct JSONWebKey: Decodable {
    let type: String
    let id: String?
    let use: String?
    let algorithm: String?
    let curve: String?
    let coordinates: (x: String?, y: String?)
    let modulus: String?
    let exponent: String?

    private enum CodingKeys: String, CodingKey {
        case type = "kty"
        case id = "kid"
        case use
        case algorithm = "alg"
        case curve = "crv"
        case x, y
        case modulus = "n"
        case exponent = "e"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String? { try container.decodeIfPresent(String.self, forKey: key) }
        type = try container.decode(String.self, forKey: .type)
        id = try text(.id)
        use = try text(.use)
        algorithm = try text(.algorithm)
        curve = try text(.curve)
        coordinates = (try text(.x), try text(.y))
        modulus = try text(.modulus)
        exponent = try text(.exponent)
    }

    /// The key; `nil` when it is none that is taken here.
    var key: VerificationKey? {
        guard use ?? "sig" == "sig", let key = type == "RSA" ? rsa : type == "EC" ? p256 : nil,
            algorithm ?? key.algorithm == key.algorithm
        else { return nil }
        return key
    }

    /// 2,048 bits or more (RFC 7518, section 3.3), and no more than anybody uses, since checking costs time.
    private var rsa: VerificationKey? {
        guard let n = modulus.flatMap(Base64URL.decode), let e = exponent.flatMap(Base64URL.decode),
            (256...1024).contains(n.count), (1...8).contains(e.count),
            let key = try? _RSA.Signing.PublicKey(n: n, e: e), key.keySizeInBits >= 2048
        else { return nil }
        return .rsa(key)
    }

    private var p256: VerificationKey? {
        guard curve == "P-256", let x = coordinates.x.flatMap(Base64URL.decode),
            let y = coordinates.y.flatMap(Base64URL.decode), x.count == 32, y.count == 32
        else { return nil }
        return (try? P256.Signing.PublicKey(rawRepresentation: x + y)).map { .p256($0) }
    }
}
