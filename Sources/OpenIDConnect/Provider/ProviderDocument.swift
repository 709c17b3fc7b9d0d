#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3).
package struct ProviderDocument: Decodable, Hashable, Sendable {
    /// Who it is.
    package let issuer: String
    /// Where the browser goes to sign in.
    package let authorizationEndpoint: String
    /// Where codes become tokens.
    package let tokenEndpoint: String
    /// Where its keys are.
    package let keysURL: String
    /// Where the browser goes to sign out; `nil` when it says nothing of that.
    package let endSessionEndpoint: String?

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case keysURL = "jwks_uri"
        case endSessionEndpoint = "end_session_endpoint"
    }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - document: The JSON document.
    ///   - configuration: Whose it must be.
    /// - Returns: The document, of that issuer and with addresses that cannot be listened to on the way.
    /// - Throws: `provider`, with what is wrong.
    static func read(
        _ document: Data,
        for configuration: OpenIDConfiguration
    ) throws(OpenIDError) -> ProviderDocument {
        guard let read = try? JSONDecoder().decode(ProviderDocument.self, from: document) else {
            throw .provider("\(configuration.discoveryURL) is no discovery document of OpenID Connect.")
        }
        guard read.issuer == configuration.issuer else {
            throw .provider("\(configuration.discoveryURL) is another issuer's document than \(configuration.issuer).")
        }
        let addresses = [read.authorizationEndpoint, read.tokenEndpoint, read.keysURL]
        for address in addresses + [read.endSessionEndpoint].compactMap(\.self) where !ProviderURL.isSafe(address) {
            throw .provider("\(configuration.discoveryURL) names an address that is not https.")
        }
        return read
    }
}
