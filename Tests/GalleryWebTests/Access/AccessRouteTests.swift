import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import GalleryWeb

@Suite("Routes that begin uploads")
struct AccessRouteTests {
    private static let ann = OwnerID(issuer: "i", subject: "ann")
    private static let annsToken = "a.n.n"

    /// Vouches for Ann and Bob.
    private struct Verifier: IdentityVerifier {
        func owner(of token: String) async throws(GalleryError) -> OwnerID {
            switch token {
            case "a.n.n": return AccessRouteTests.ann
            case "b.o.b": return OwnerID(issuer: "i", subject: "bob")
            default: throw .identityRefused("It has expired.")
            }
        }
    }

    private struct Guide: SignInGuide {
        func directions() async throws -> SignInDirections {
            SignInDirections(
                issuer: "https://id.example",
                client: ("client-1", "openid email"),
                endpoints: ("https://id.example/authorize", "https://login.example:8443/token", nil)
            )
        }
    }

    private func bench(_ policy: UploadPolicy, limit: RateLimit? = nil) -> WebBench {
        let clock = FixedClock()
        let access = UploadAccess(
            policy,
            uploadToken: AccessToken("upload-token-0123456789"),
            operatorToken: AccessToken("owner-token-0123456789"),
            identities: Verifier()
        )
        let gate = UploadGate(access: access, limiter: limit.map { MemoryRateLimiter($0) }, now: { clock.now })
        return WebBench(configuration: GalleryWebConfiguration(gate: gate, signIn: Guide()))
    }

    /// Every way to begin an upload.
    private static let ways: [(HTTPRequest.Method, String, String)] = [
        (.post, "/api/uploads", "{\"size\":1,\"sha256\":\"\(String(repeating: "A", count: 43))=\"}"),
        (.post, "/upload", ""), (.post, "/api/images", "x"), (.get, "/s3/params?filename=a.png", ""),
        (.post, "/s3/multipart", "{\"filename\":\"a.png\"}"), (.get, "/s3/sts", ""),
    ]

    @Test("refuse whoever shows nothing, and say the way in", arguments: ways)
    func refusals(method: HTTPRequest.Method, uri: String, body: String) async throws {
        for (policy, code) in [(UploadPolicy.signedIn, "sign-in-needed"), (.token, "upload-token-needed")] {
            let answer = try await bench(policy).ask(method, uri, body: Array(body.utf8))
            #expect(answer.status == .unauthorized)
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            #expect(try answer.object["code"] as? String == code)
        }
        let expired = try await bench(.signedIn).ask(
            method,
            uri,
            headers: [.authorization: "Bearer x.y.z"],
            body: Array(body.utf8)
        )
        #expect(try expired.object["code"] as? String == "token-refused")
    }

    @Test("answer 429 when somebody asks too often, and say when to go on", arguments: ways)
    func tooOften(method: HTTPRequest.Method, uri: String, body: String) async throws {
        let bench = bench(.open, limit: RateLimit(1, inSeconds: 10, burst: 2))
        for left in [1, 0] {
            let answer = try await bench.ask(method, uri, body: Array(body.utf8))
            #expect(answer.status != .tooManyRequests)
            guard answer.status.kind == .successful else { continue }
            #expect(answer.headers[Self.name("RateLimit-Remaining")] == "\(left)")
        }
        let answer = try await bench.ask(method, uri, body: Array(body.utf8))
        #expect(answer.status == .tooManyRequests)
        #expect(answer.headers[.retryAfter] == "10")
        #expect(answer.headers[Self.name("RateLimit-Limit")] == "2")
        #expect(answer.headers[Self.name("RateLimit-Remaining")] == "0")
        #expect(try answer.object["code"] as? String == "too-many-requests")
    }

    @Test("let signed-in people own what they bring, and nobody else remove it")
    func owners() async throws {
        let bench = bench(.signedIn)
        let picture = ImageBuilder.png(width: 3, height: 2)
        let mine: HTTPFields = [.authorization: "Bearer \(Self.annsToken)"]
        let bobs: HTTPFields = [.authorization: "Bearer b.o.b"]
        let created = try await bench.ask(.post, "/api/images?name=x.png", headers: mine, body: picture)
        #expect(created.status == .created)
        #expect(try created.object["mine"] as? Bool == true)
        let path = "/api/images/\(try created.object["id"] as? String ?? "")"
        #expect(try await bench.ask(.get, path, headers: mine).object["mine"] as? Bool == true)
        for headers in [bobs, [:], [.authorization: "Bearer x.y.z"]] {
            #expect(try await bench.ask(.get, path, headers: headers).object["mine"] == nil)
        }
        let list = try await bench.ask(.get, "/api/images", headers: mine).object["images"] as? [[String: Any]]
        #expect(list?.first?["mine"] as? Bool == true)
        #expect(try await bench.ask(.get, path).text.contains(Self.ann.rawValue) == false)
        #expect(try await bench.ask(.delete, path, headers: bobs).status == .forbidden)
        #expect(try await bench.ask(.delete, path).status == .unauthorized)
        #expect(try await bench.ask(.delete, path, headers: mine).status == .noContent)
        #expect(try await bench.ask(.get, path).status == .notFound)
    }

    @Test("take the same bytes once from each person")
    func sameBytes() async throws {
        let bench = bench(.open)
        let picture = ImageBuilder.png(width: 3, height: 2)
        var ids: Set<String> = []
        for headers: HTTPFields in [[:], [.authorization: "Bearer a.n.n"], [.authorization: "Bearer b.o.b"], [:]] {
            let answer = try await bench.ask(.post, "/api/images", headers: headers, body: picture)
            ids.insert(try answer.object["id"] as? String ?? "")
        }
        #expect(ids.count == 3)
    }

    @Test("nobody who did not sign in owns what others like them brought")
    func anonymous() async throws {
        let bench = bench(.open)
        let id = try await bench.publish(ImageBuilder.png(width: 3, height: 2))
        for token in ["a.n.n", "x.y.z", "nothing"] {
            let answer = try await bench.ask(.delete, "/api/images/\(id)", headers: [.authorization: "Bearer \(token)"])
            #expect(answer.status == .forbidden)
        }
    }

    @Test("the session says who may upload and where to sign in; the page may go there, and nowhere else")
    func session() async throws {
        let bench = bench(.signedIn)
        let session = try await bench.ask(.get, "/api/session").object
        #expect(session["uploads"] as? String == "signed-in")
        let signIn = session["signIn"] as? [String: Any]
        #expect(signIn?["clientId"] as? String == "client-1")
        #expect(signIn?["authorizationEndpoint"] as? String == "https://id.example/authorize")
        let policy = try await bench.ask(.get, "/").headers[.contentSecurityPolicy] ?? ""
        #expect(policy.contains("connect-src 'self' https://login.example:8443;"))
        let plain = WebBench()
        #expect(try await plain.ask(.get, "/api/session").text == "{\"uploads\":\"open\"}")
        #expect(try await plain.ask(.get, "/").headers[.contentSecurityPolicy]?.contains("connect-src 'self';") == true)
    }

    @Test(
        "an address that is none never reaches the page's policy",
        arguments: ["", "https://a b/", "https://a;script-src/", "x"]
    )
    func tokenOrigin(endpoint: String) {
        let directions = SignInDirections(issuer: "", client: ("", ""), endpoints: ("", endpoint, nil))
        #expect(directions.tokenOrigin == nil)
    }

    private static func name(_ text: String) -> HTTPField.Name {
        HTTPField.Name(text) ?? .retryAfter
    }
}
