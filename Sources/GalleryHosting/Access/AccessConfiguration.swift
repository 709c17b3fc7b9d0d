package import AWSTransport
package import GalleryAWS
package import GalleryCore
package import GalleryWeb
import OpenIDConnect

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Who may upload, and how often.
///
/// All of it is told by the environment.
///
/// | variable | type | default |
/// |---|---|---|
/// | `IMGN_UPLOADS` | `open`, `token`, `signed-in` | `open` |
/// | `IMGN_UPLOAD_TOKEN`, `IMGN_UPLOAD_TOKEN_FILE` | secret of 16 characters or more | none |
/// | `IMGN_OIDC_ISSUER` | https URL, as tokens say it | none |
/// | `IMGN_OIDC_CLIENT_ID` | text | none |
/// | `IMGN_OIDC_AUDIENCE` | texts, with commas between | the client id |
/// | `IMGN_OIDC_SCOPES` | words, with spaces between | `openid` |
/// | `IMGN_OIDC_DISCOVERY` | URL of the provider's document | below the issuer |
/// | `IMGN_TICKET_RATE` | `60/m` (`s`, `m`, `h`), or `off` | `60/m` |
/// | `IMGN_TICKET_BURST` | 1…10000 | `30` |
/// | `IMGN_TRUSTED_PROXIES` | addresses and networks (CIDR), with commas between | none |
package struct AccessConfiguration: Sendable {
    /// Who may upload.
    package let policy: UploadPolicy
    /// How often one client may begin uploads; `nil` for as often as it likes.
    package let rate: RateLimit?
    let uploadToken: AccessToken?
    let provider: OpenIDConfiguration?
    let scopes: String
    let proxies: TrustedProxies

    /// Reads the settings.
    ///
    /// - Parameter reader: Takes the problems.
    package init(_ reader: inout SettingsReader) {
        policy = reader.read(
            nil,
            "IMGN_UPLOADS",
            default: .open,
            expected: "open, token or signed-in",
            parse: UploadPolicy.init(rawValue:)
        )
        uploadToken = reader.readSecret("IMGN_UPLOAD_TOKEN", expected: "a secret of 16 characters or more") {
            AccessToken($0)
        }
        provider = Self.provider(&reader)
        scopes = reader.read(nil, "IMGN_OIDC_SCOPES", default: "openid", expected: "words, openid among them") {
            $0.split(separator: " ").contains("openid") ? $0 : nil
        }
        rate = Self.rate(&reader)
        proxies = reader.read(
            nil,
            "IMGN_TRUSTED_PROXIES",
            default: TrustedProxies(),
            expected: "addresses or networks like 10.0.0.0/8, with commas between",
            parse: Self.parseProxies
        )
        if policy == .signedIn, provider == nil {
            reader.note("IMGN_UPLOADS is \"signed-in\", so IMGN_OIDC_ISSUER must say where people sign in")
        }
        if policy == .token, uploadToken == nil {
            reader.note("IMGN_UPLOADS is \"token\", so IMGN_UPLOAD_TOKEN must be set (openssl rand -hex 24 makes one)")
        }
    }

    /// Makes the gate before uploads, and the guide to where people sign in.
    ///
    /// - Parameters:
    ///   - operatorToken: What whoever runs the gallery shows.
    ///   - table: Where counts are kept when several programs share a catalog; `nil` for this program's memory.
    ///   - http: Fetches the provider's documents.
    ///   - now: The clock.
    /// - Returns: What the routes want of it.
    package func open(
        operatorToken: AccessToken?,
        table: DynamoDBImageCatalog?,
        http: any HTTPExchange,
        now: @escaping @Sendable () -> Date
    ) -> (gate: UploadGate, signIn: (any SignInGuide)?) {
        let identities = provider.map { provider in
            Identities(provider, scopes: scopes, fetcher: HTTPDocumentFetcher(http: http), now: now)
        }
        let access = UploadAccess(
            policy,
            uploadToken: uploadToken,
            operatorToken: operatorToken,
            identities: identities
        )
        let limiter = limiter(table)
        return (UploadGate(access: access, limiter: limiter, proxies: proxies, now: now), identities)
    }
}

extension AccessConfiguration {
    private func limiter(_ table: DynamoDBImageCatalog?) -> (any RateLimiter)? {
        guard let rate else { return nil }
        guard let table else { return MemoryRateLimiter(rate) }
        return DynamoDBRateLimiter(table, rate)
    }
}

// MARK: Reading

extension AccessConfiguration {
    private static func provider(_ reader: inout SettingsReader) -> OpenIDConfiguration? {
        let address = "an https address, like https://login.example/pool"
        let issuer: String? = reader.read(nil, "IMGN_OIDC_ISSUER", default: nil, expected: address) {
            ProviderURL.isSafe($0) ? .some($0) : nil
        }
        let discovery: String? = reader.read(nil, "IMGN_OIDC_DISCOVERY", default: nil, expected: address) {
            ProviderURL.isSafe($0) ? .some($0) : nil
        }
        let client: String? = reader.read(nil, "IMGN_OIDC_CLIENT_ID", default: nil, expected: "a client's id") {
            $0.contains(where: \.isWhitespace) ? nil : .some($0)
        }
        let audiences = reader.read(
            nil,
            "IMGN_OIDC_AUDIENCE",
            default: [],
            expected: "clients' ids, with commas between",
            parse: list
        )
        guard let issuer else { return nil }
        guard let client else {
            reader.note("IMGN_OIDC_ISSUER is set, so IMGN_OIDC_CLIENT_ID must say what this gallery is called there")
            return nil
        }
        return OpenIDConfiguration(
            issuer: issuer,
            discoveryURL: discovery,
            clientID: client,
            audiences: Set(audiences)
        )
    }

    private static func rate(_ reader: inout SettingsReader) -> RateLimit? {
        let burst = reader.read(nil, "IMGN_TICKET_BURST", default: 30, expected: "a number from 1 to 10000") {
            Int($0).flatMap { (1...10_000).contains($0) ? $0 : nil }
        }
        let steady: (count: Int, seconds: Int)? = reader.read(
            nil,
            "IMGN_TICKET_RATE",
            default: (60, 60),
            expected: "a rate like 60/m (s, m, h), or off",
            parse: parseRate
        )
        return steady.map { RateLimit($0.count, inSeconds: $0.seconds, burst: burst) }
    }

    /// Reads `60/m`; `nil` inside for `off`.
    private static func parseRate(_ text: String) -> (count: Int, seconds: Int)?? {
        if text == "off" { return .some(nil) }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let seconds = ["s": 1, "m": 60, "h": 3600][parts[1]],
            let count = Int(parts[0]), (1...1_000_000).contains(count)
        else { return nil }
        return (count, seconds)
    }

    private static func parseProxies(_ text: String) -> TrustedProxies? {
        guard let names = list(text) else { return nil }
        let networks = names.map(IPNetwork.init)
        return networks.contains(nil) ? nil : TrustedProxies(networks.compactMap(\.self))
    }

    /// The entries between commas, none of them empty.
    private static func list(_ text: String) -> [String]? {
        let entries = text.split(separator: ",", omittingEmptySubsequences: false).map { entry in
            entry.split(separator: " ").joined(separator: " ")
        }
        return entries.contains("") ? nil : entries
    }
}
