import Crypto
import CryptoExtras
import Foundation
import Synchronization

@testable import OpenIDConnect

/// A provider in memory: keys, documents, tokens; and how often it was asked.
final class TestProvider: DocumentFetcher {
    static let issuer = "https://id.example/pool"
    static let now: Double = 1_795_000_000

    /// Made once: RSA keys take their time.
    static let rsa: _RSA.Signing.PrivateKey = {
        guard let key = try? _RSA.Signing.PrivateKey(keySize: .bits2048) else { preconditionFailure("no key") }
        return key
    }()
    static let otherRSA: _RSA.Signing.PrivateKey = {
        guard let key = try? _RSA.Signing.PrivateKey(keySize: .bits2048) else { preconditionFailure("no key") }
        return key
    }()
    static let p256 = P256.Signing.PrivateKey()

    struct Down: Error {}

    struct State {
        var documents: [String: String] = [:]
        var isDown = false
        var requestCount = 0
    }

    let state = Mutex(State())
    let clock = Mutex(TestProvider.now)

    init() {
        publish(keys: [Self.rsaJWK(Self.rsa, id: "r1"), Self.p256JWK(id: "p1")])
        setDiscovery(issuer: Self.issuer)
    }

    func setDiscovery(issuer: String, jwks: String = "https://id.example/keys") {
        let document = """
            {"issuer":"\(issuer)","authorization_endpoint":"https://id.example/authorize",
            "token_endpoint":"https://id.example/token","jwks_uri":"\(jwks)"}
            """
        state.withLock { $0.documents["\(Self.issuer)/.well-known/openid-configuration"] = document }
    }

    func publish(keys: [String]) {
        let document = "{\"keys\":[\(keys.joined(separator: ","))]}"
        state.withLock { $0.documents["https://id.example/keys"] = document }
    }

    func fetch(_ url: String, upTo limit: Int) async throws -> [UInt8] {
        for _ in 0..<10 { await Task.yield() }
        return try state.withLock { state in
            state.requestCount += 1
            guard !state.isDown, let document = state.documents[url] else { throw Down() }
            return Array(document.utf8)
        }
    }

    var requestCount: Int { state.withLock(\.requestCount) }

    func provider(audiences: Set<String> = []) -> OpenIDProvider {
        let configuration = OpenIDConfiguration(issuer: Self.issuer, clientID: "client-1", audiences: audiences)
        return OpenIDProvider(
            configuration,
            fetcher: self,
            now: { [self] in
                Date(timeIntervalSince1970: clock.withLock { $0 })
            }
        )
    }

    func advance(_ seconds: Double) { clock.withLock { $0 += seconds } }
}

// MARK: Keys and tokens

extension TestProvider {
    static func base64URL(_ data: some Sequence<UInt8>) -> String {
        Data(data).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    static func rsaJWK(_ key: _RSA.Signing.PrivateKey, id: String) -> String {
        guard let parts = try? key.publicKey.getKeyPrimitives() else { preconditionFailure("no key") }
        return """
            {"kty":"RSA","kid":"\(id)","use":"sig","alg":"RS256","n":"\(base64URL(parts.modulus))",\
            "e":"\(base64URL(parts.publicExponent))"}
            """
    }

    static func p256JWK(id: String) -> String {
        let raw = p256.publicKey.rawRepresentation
        return """
            {"kty":"EC","kid":"\(id)","crv":"P-256","x":"\(base64URL(raw.prefix(32)))",\
            "y":"\(base64URL(raw.suffix(32)))"}
            """
    }

    /// A token that holds, but for what is changed.
    static func token(
        header: [String: Any] = ["alg": "RS256", "kid": "r1"],
        claims changes: [String: Any?] = [:],
        key: _RSA.Signing.PrivateKey = rsa
    ) throws -> String {
        var claims: [String: Any] = [
            "iss": issuer, "sub": "ann", "aud": "client-1", "exp": now + 600, "token_use": "id",
        ]
        for (name, value) in changes { claims[name] = value }
        let signed = try [header, claims].map { base64URL(try JSONSerialization.data(withJSONObject: $0)) }
            .joined(separator: ".")
        let signature: Data
        if header["alg"] as? String == "ES256" {
            signature = try p256.signature(for: Data(signed.utf8)).rawRepresentation
        } else {
            let digest = SHA256.hash(data: Data(signed.utf8))
            signature = try key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation
        }
        return "\(signed).\(base64URL(signature))"
    }
}
