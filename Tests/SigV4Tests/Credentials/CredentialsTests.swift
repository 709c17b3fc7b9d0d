import Testing

@testable import SigV4

@Suite("Credentials")
struct CredentialsTests {
    @Test("a secret shows up in no description, dump or interpolation")
    func redacted() {
        let credentials = Credentials(accessKeyID: "AK", secretAccessKey: Secret("hunter2"))
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("AK"))
        }
        #expect("\(credentials.secretAccessKey)" == "<redacted>")
        #expect(String(reflecting: credentials.secretAccessKey) == "<redacted>")
        #expect(credentials.secretAccessKey.value == "hunter2")
    }

    @Test("a scope is written as it is signed")
    func scope() {
        let scope = CredentialScope(day: "20250102", region: "us-east-1", service: "s3")
        #expect(scope.description == "20250102/us-east-1/s3/aws4_request")
    }

    @Test("the cache of signing keys is bounded and never mixes keys up")
    func cache() {
        let cache = SigningKeyCache()
        let text = Array("text".utf8)
        for _ in 0..<2 {
            for number in 0..<40 {
                let scope = CredentialScope(day: "20250102", region: "r\(number % 20)", service: "s3")
                let secret = Secret("secret \(number / 20)")
                let expected = SigningKey(secret: secret, scope: scope).signature(of: text)
                #expect(cache.key(secret: secret, scope: scope).signature(of: text) == expected)
                #expect(cache.key(secret: secret, scope: scope).signature(of: text) == expected)
            }
        }
        #expect(cache.count == SigningKeyCache.capacity)
    }

    @Test("a payload hash reads the five forms and nothing else")
    func payloadHash() {
        let words = [
            "UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER", String(repeating: "0a", count: 32),
        ]
        #expect(words.compactMap { PayloadHash(headerValue: $0)?.headerValue } == words)
        #expect(words.compactMap { PayloadHash(headerValue: $0)?.isStreaming } == [false, true, true, true, false])
        for other in ["", "unsigned-payload", String(repeating: "0A", count: 32), String(repeating: "a", count: 63)] {
            #expect(PayloadHash(headerValue: other) == nil)
        }
    }
}
