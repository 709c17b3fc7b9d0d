import Synchronization
import Testing

@testable import OpenIDConnect

@Suite("A provider's documents")
struct ProviderTests {
    private let test = TestProvider()

    @Test("are fetched once for many who ask at once, and kept for an hour")
    func coalesced() async throws {
        let provider = test.provider()
        let token = try TestProvider.token(claims: ["exp": TestProvider.now + 9000])
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await provider.subject(of: token) } }
            for try await subject in group { #expect(subject == "ann") }
        }
        #expect(test.requestCount == 2, "discovery and keys")
        test.advance(3599)
        _ = try await provider.subject(of: token)
        #expect(test.requestCount == 2)
        test.advance(2)
        _ = try await provider.subject(of: token)
        #expect(test.requestCount == 4)
    }

    @Test("are fetched again for a new key, but at most once a minute for made-up ones")
    func rotation() async throws {
        let provider = test.provider()
        _ = try await provider.subject(of: TestProvider.token())
        let next = try TestProvider.token(header: ["alg": "RS256", "kid": "r2"], key: TestProvider.otherRSA)
        for _ in 0..<20 {
            let error = await #expect(throws: OpenIDError.self) { try await provider.subject(of: next) }
            #expect(error == .unknownKey)
        }
        #expect(test.requestCount == 2)
        test.publish(keys: [TestProvider.rsaJWK(TestProvider.otherRSA, id: "r2")])
        test.advance(61)
        #expect(try await provider.subject(of: next) == "ann")
        #expect(test.requestCount == 4)
        let error = await #expect(throws: OpenIDError.self) { try await provider.subject(of: TestProvider.token()) }
        #expect(error == .unknownKey, "the old key is gone")
    }

    @Test("serve for a day while the provider is down, and are asked for again every few seconds")
    func outage() async throws {
        let provider = test.provider()
        let token = try TestProvider.token(claims: ["exp": TestProvider.now + 200_000])
        _ = try await provider.subject(of: token)
        test.state.withLock { $0.isDown = true }
        test.advance(3601)
        for _ in 0..<10 { _ = try await provider.subject(of: token) }
        #expect(test.requestCount == 3)
        test.advance(24 * 3600)
        let error = await #expect(throws: OpenIDError.self) { try await provider.subject(of: token) }
        guard case .provider = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        test.state.withLock { $0.isDown = false }
        test.advance(5)
        #expect(try await provider.subject(of: token) == "ann")
    }

    @Test(
        "of another issuer, or with an address that can be listened to, are refused",
        arguments: [
            ("https://evil.example", "https://id.example/keys"), (TestProvider.issuer, "http://id.example/keys"),
            (TestProvider.issuer, "file:///etc/passwd"), (TestProvider.issuer, "https://u@id.example/keys"),
        ]
    )
    func unsafe(issuer: String, keys: String) async throws {
        test.setDiscovery(issuer: issuer, jwks: keys)
        let error = await #expect(throws: OpenIDError.self) { try await test.provider().document() }
        guard case .provider = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("may hold keys that nobody can use; without one that can be used there is none", arguments: [0, 1])
    func uselessKeys(good: Int) async throws {
        let useless = [
            "{\"kty\":\"oct\",\"kid\":\"r1\",\"k\":\"AAAA\"}",
            "{\"kty\":\"RSA\",\"kid\":\"r1\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
            "{\"kty\":\"EC\",\"kid\":\"r1\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
            TestProvider.rsaJWK(TestProvider.rsa, id: "r1").replacing("\"sig\"", with: "\"enc\""),
            TestProvider.rsaJWK(TestProvider.rsa, id: "r1").replacing("RS256", with: "PS512"),
        ]
        test.publish(keys: useless + (good == 1 ? [TestProvider.rsaJWK(TestProvider.rsa, id: "r1")] : []))
        let provider = test.provider()
        if good == 1 {
            #expect(try await provider.subject(of: TestProvider.token()) == "ann")
        } else {
            await #expect(throws: OpenIDError.self) { try await provider.subject(of: TestProvider.token()) }
        }
    }

    @Test("that are no JSON, or nothing at all, are refused", arguments: ["", "[]", "{}", "<html>", "{\"keys\":7}"])
    func garbage(text: String) async throws {
        test.state.withLock { $0.documents["https://id.example/keys"] = text }
        await #expect(throws: OpenIDError.self) { try await test.provider().subject(of: TestProvider.token()) }
    }

    @Test(
        "an address is safe by https, or on this machine",
        arguments: [
            ("https://a", true), ("https://a:1/b", true), ("http://127.0.0.1:1/x", true), ("http://localhost", true),
            ("http://[::1]:9/", true), ("http://a", false), ("http://127.0.0.1.evil/", false), ("https:/a", false),
            ("https://", false), ("https://a@b", false), ("ftp://a", false), ("https://a b", false), ("", false),
        ]
    )
    func addresses(url: String, isSafe: Bool) {
        #expect(ProviderURL.isSafe(url) == isSafe)
    }
}
