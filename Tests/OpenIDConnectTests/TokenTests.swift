import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import OpenIDConnect

@Suite("Tokens of a provider")
struct TokenTests {
    private let test = TestProvider()

    /// Why the provider refuses a token.
    private func refusal(_ token: String, audiences: Set<String> = []) async -> OpenIDError? {
        await #expect(throws: OpenIDError.self) { try await test.provider(audiences: audiences).subject(of: token) }
    }

    @Test("hold with either algorithm, and name the person")
    func holds() async throws {
        #expect(try await test.provider().subject(of: TestProvider.token()) == "ann")
        let elliptic = try TestProvider.token(header: ["alg": "ES256", "kid": "p1", "typ": "JWT"])
        #expect(try await test.provider().subject(of: elliptic) == "ann")
    }

    @Test("of Cognito hold as ID token and as access token")
    func cognito() async throws {
        let access = try TestProvider.token(claims: ["aud": nil, "client_id": "client-1", "token_use": "access"])
        #expect(try await test.provider().subject(of: access) == "ann")
        let foreign = try TestProvider.token(claims: ["aud": nil, "client_id": "other", "token_use": "access"])
        #expect(await refusal(foreign) == .audience)
        let useless = try TestProvider.token(claims: ["aud": nil, "client_id": "client-1", "token_use": "id"])
        #expect(await refusal(useless) == .audience)
    }

    @Test("of another issuer, audience or time are refused")
    func claims() async throws {
        let now = TestProvider.now
        #expect(await refusal(try TestProvider.token(claims: ["iss": "https://id.example/pool2"])) == .issuer)
        #expect(await refusal(try TestProvider.token(claims: ["aud": "other"])) == .audience)
        #expect(await refusal(try TestProvider.token(claims: ["aud": ["other", "others"]])) == .audience)
        #expect(await refusal(try TestProvider.token(claims: ["aud": [String]()])) == .audience)
        #expect(await refusal(try TestProvider.token(claims: ["exp": now - 61])) == .expired)
        #expect(await refusal(try TestProvider.token(claims: ["nbf": now + 62])) == .notYet)
    }

    @Test("may be off by a minute of the clock, and be for several")
    func leeway() async throws {
        let now = TestProvider.now
        for changes: [String: Any?] in [
            ["exp": now - 59], ["nbf": now + 59], ["aud": ["other", "client-1"], "azp": "client-1"],
            ["exp": now + 0.5],
        ] {
            #expect(try await test.provider().subject(of: TestProvider.token(claims: changes)) == "ann")
        }
        let party = try TestProvider.token(claims: ["aud": ["client-1", "other"], "azp": "other"])
        #expect(await refusal(party) == .audience)
    }

    @Test("with a forged algorithm are refused", arguments: ["none", "None", "HS256", "RS512", "<script>", ""])
    func algorithms(name: String) async throws {
        let token = try TestProvider.token(header: ["alg": name, "kid": "r1"])
        let error = await refusal(token)
        #expect(error == .algorithm(["<script>", ""].contains(name) ? "an unknown algorithm" : name))
        let unsigned = token.split(separator: ".").prefix(2).joined(separator: ".") + "."
        #expect(await refusal(unsigned) != nil)
    }

    @Test("signed by HMAC with the public key as secret are refused")
    func confusion() async throws {
        let signed = try TestProvider.token(header: ["alg": "HS256", "kid": "r1"]).split(separator: ".").prefix(2)
            .joined(separator: ".")
        let secret = SymmetricKey(data: Data(TestProvider.rsa.publicKey.pemRepresentation.utf8))
        let tag = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: secret)
        #expect(await refusal("\(signed).\(TestProvider.base64URL(tag))") == .algorithm("HS256"))
    }

    @Test("that say one algorithm and use a key of the other are refused")
    func swappedKeys() async throws {
        #expect(await refusal(try TestProvider.token(header: ["alg": "ES256", "kid": "r1"])) == .signature)
        #expect(await refusal(try TestProvider.token(header: ["alg": "RS256", "kid": "p1"])) == .signature)
        #expect(await refusal(try TestProvider.token(key: TestProvider.otherRSA)) == .signature)
    }

    @Test("with any character changed are refused")
    func tampered() async throws {
        let provider = test.provider()
        let token = Array(try TestProvider.token().utf8)
        for index in token.indices where index % 7 == 0 {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: changed, as: UTF8.self)
            await #expect(throws: OpenIDError.self, "character \(index)") { try await provider.subject(of: text) }
        }
    }

    @Test(
        "that are none are refused",
        arguments: [
            "", ".", "..", "...", "a.b.c", "e30.e30.", "e30.e30.e30", "e30=.e30=.e30=", "🙂.🙂.🙂",
            String(repeating: "A", count: 17_000), "W10.W10.W10", "bnVsbA.bnVsbA.bnVsbA",
        ]
    )
    func garbage(text: String) async {
        #expect(await refusal(text) == .malformed)
    }

    @Test("with extensions that must be understood, or without a person, are refused")
    func strange() async throws {
        let critical = try TestProvider.token(header: ["alg": "RS256", "kid": "r1", "crit": ["x"], "x": 1])
        #expect(await refusal(critical) == .malformed)
        for changes: [String: Any?] in [
            ["sub": nil], ["sub": ""], ["exp": nil], ["exp": "soon"], ["aud": 7],
        ] {
            #expect(await refusal(try TestProvider.token(claims: changes)) == .malformed)
        }
    }
}
