/// Why a token does not hold, or cannot be judged.
package enum OpenIDError: Error, Equatable, Sendable {
    /// It is no signed token in its compact form (RFC 7515, section 3.1), or larger than any that makes sense.
    case malformed
    /// It names an algorithm other than RS256 and ES256; `none` is one of those.
    case algorithm(String)
    /// It is signed by a key that the provider does not have.
    case unknownKey
    /// The signature is not of this key.
    case signature
    /// Somebody else made it.
    case issuer
    /// It was made for another client.
    case audience
    /// Its time is over.
    case expired
    /// Its time has not come.
    case notYet
    /// The provider cannot be reached, or answers nonsense; the text says what and where.
    case provider(String)
}

extension OpenIDError: CustomStringConvertible {
    /// A sentence for people; quotes nothing of the token but a short word for an algorithm.
    package var description: String {
        switch self {
        case .malformed: "It is no signed token of OpenID Connect."
        case .algorithm(let name): "It is signed by \(name); only RS256 and ES256 are taken."
        case .unknownKey: "It is signed by a key that the provider does not have."
        case .signature: "Its signature is not the provider's."
        case .issuer: "It was made by somebody else."
        case .audience: "It was made for another client."
        case .expired: "It has expired."
        case .notYet: "It is not valid yet."
        case .provider(let reason): reason
        }
    }
}
