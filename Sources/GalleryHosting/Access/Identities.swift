import GalleryCore
import GalleryWeb
import OpenIDConnect

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The people whom an OpenID provider vouches for, as the gallery knows them.
struct Identities: IdentityVerifier, SignInGuide {
    private let configuration: OpenIDConfiguration
    private let scopes: String
    private let provider: OpenIDProvider

    init(
        _ configuration: OpenIDConfiguration,
        scopes: String,
        fetcher: any DocumentFetcher,
        now: @escaping @Sendable () -> Date
    ) {
        self.configuration = configuration
        self.scopes = scopes
        provider = OpenIDProvider(configuration, fetcher: fetcher, now: now)
    }

    func owner(of token: String) async throws(GalleryError) -> OwnerID {
        do {
            return OwnerID(issuer: configuration.issuer, subject: try await provider.subject(of: token))
        } catch let error as OpenIDError {
            if case .provider = error { throw .identityUnavailable(underlying: error) }
            throw .identityRefused(error.description)
        } catch {
            throw .identityUnavailable(underlying: error)
        }
    }

    func directions() async throws -> SignInDirections {
        do {
            let document = try await provider.document()
            return SignInDirections(
                issuer: configuration.issuer,
                client: (configuration.clientID, scopes),
                endpoints: (document.authorizationEndpoint, document.tokenEndpoint, document.endSessionEndpoint)
            )
        } catch let error as OpenIDError {
            throw GalleryError.identityUnavailable(underlying: error)
        }
    }
}
