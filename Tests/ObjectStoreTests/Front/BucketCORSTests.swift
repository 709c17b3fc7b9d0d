import Crypto
import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("CORS of a bucket, over the wire")
struct BucketCORSTests {
    private static let rules = """
        <CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CORSRule>\
        <AllowedHeader>x-amz-*</AllowedHeader><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>\
        <AllowedOrigin>https://*.example</AllowedOrigin><ExposeHeader>ETag</ExposeHeader>\
        <MaxAgeSeconds>60</MaxAgeSeconds></CORSRule></CORSConfiguration>
        """
    private static let page: HTTPFields = [.origin: "https://page.example"]

    private func put(_ s3: S3Bench, _ xml: String, to target: String = "/imgn?cors") async throws -> S3Answer {
        let md5 = Base64.encode(Array(Insecure.MD5.hash(data: Array(xml.utf8))))
        return try await s3.call(.put, target, [named("content-md5"): md5], body: xml)
    }

    private func preflight(_ s3: S3Bench, _ headers: HTTPFields, _ target: String = "/imgn/a") async throws -> S3Answer
    {
        try await s3.send(SignableRequest(method: .options, host: S3Bench.host, target: target, headers: headers))
    }

    @Test("rules that are put are got again, and none after a delete")
    func lifecycle() async throws {
        try await S3Bench.with { s3 in
            #expect(try await put(s3, Self.rules).status == 200)
            let got = try await s3.call(.get, "/imgn?cors")
            #expect(got.status == 200)
            #expect(got.text.hasSuffix(Self.rules))
            for _ in 0..<2 { #expect(try await s3.call(.delete, "/imgn?cors").status == 204) }
            let none = try await s3.call(.get, "/imgn?cors")
            #expect(none.status == 404)
            #expect(none.code == "NoSuchCORSConfiguration")
            #expect(none.element("BucketName") == "imgn")
        }
    }

    @Test("a bucket that a client made has no rules: a preflight is refused and answers carry no headers")
    func noRules() async throws {
        try await S3Bench.with { s3 in
            #expect(try await s3.call(.put, "/second").status == 200)
            var headers = Self.page
            let alone = try await preflight(s3, headers, "/second/a")
            #expect(alone.status == 403)
            #expect(alone.element("Method") == "OPTIONS")
            headers[.accessControlRequestMethod] = "PUT"
            let answer = try await preflight(s3, headers, "/second/a")
            #expect(answer.status == 403)
            #expect(answer.code == "AccessForbidden")
            #expect(answer.message == "CORSResponse: CORS is not enabled for this bucket.")
            #expect(answer.element("Method") == "PUT")
            #expect(answer.element("ResourceType") == "BUCKET")
            let get = try await s3.call(.get, "/second", Self.page)
            #expect(get.status == 200)
            #expect(get["access-control-allow-origin"] == nil)
            #expect(get["vary"] == nil)
        }
    }

    @Test("a preflight for a bucket that is not there says so")
    func noBucket() async throws {
        try await S3Bench.with { s3 in
            let answer = try await preflight(s3, Self.page, "/not-there/a?X-Amz-Signature=x")
            #expect(answer.status == 403)
            #expect(answer.code == "AccessForbidden")
            #expect(answer.message == "CORSResponse: Bucket not found")
        }
    }

    @Test("a preflight follows the bucket's rules")
    func preflights() async throws {
        try await S3Bench.with { s3 in
            _ = try await put(s3, Self.rules)
            var headers = Self.page
            headers[.accessControlRequestMethod] = "PUT"
            headers[.accessControlRequestHeaders] = "X-Amz-Date"
            let answer = try await preflight(s3, headers)
            #expect(answer.status == 200)
            #expect(answer["access-control-allow-origin"] == "https://page.example")
            #expect(answer["access-control-allow-credentials"] == "true")
            #expect(answer["access-control-allow-methods"] == "GET, PUT")
            #expect(answer["access-control-allow-headers"] == "x-amz-date")
            #expect(answer["access-control-expose-headers"] == "ETag")
            #expect(answer["access-control-max-age"] == "60")
            #expect(
                answer["vary"] == "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
            )
        }
    }

    @Test(
        "a preflight that no rule allows is AccessForbidden in S3's words",
        arguments: [
            ("http://page.example", "PUT", "x-amz-date"), ("https://page.example", "DELETE", "x-amz-date"),
            ("https://page.example", "PUT", "x-amz-date, content-type"),
        ]
    )
    func refused(origin: String, method: String, header: String) async throws {
        try await S3Bench.with { s3 in
            _ = try await put(s3, Self.rules)
            let answer = try await preflight(
                s3,
                [
                    .origin: origin, .accessControlRequestMethod: method, .accessControlRequestHeaders: header,
                ]
            )
            #expect(answer.status == 403)
            #expect(answer.code == "AccessForbidden")
            #expect(answer.message?.hasPrefix("CORSResponse: This CORS request is not allowed.") == true)
            #expect(answer.element("Method") == method)
            #expect(answer.element("ResourceType") == "OBJECT")
            #expect(answer["access-control-allow-origin"] == nil)
        }
    }

    @Test("an actual request is served whatever the rules say; only its page may not read the answer")
    func actualRequests() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            _ = try await put(s3, Self.rules)
            let allowed = try await s3.call(.get, "/imgn/a", Self.page)
            #expect(allowed["access-control-allow-origin"] == "https://page.example")
            let stranger = try await s3.call(.get, "/imgn/a", [.origin: "https://elsewhere"])
            #expect(stranger.status == 200)
            #expect(stranger["access-control-allow-origin"] == nil)
            let deleted = try await s3.call(.delete, "/imgn/a", Self.page)
            #expect(deleted.status == 204)
            #expect(deleted["access-control-allow-origin"] == nil)
        }
    }

    @Test("a refused signature carries the headers of the rule, or the page could not read why")
    func signatureErrors() async throws {
        try await S3Bench.with { s3 in
            _ = try await put(s3, Self.rules)
            var request = s3.presign(.put, "/imgn/a", [.contentLength: "1"])
            request.headers[.origin] = "https://page.example"
            request.headers[.contentLength] = "2"
            let answer = try await s3.send(request, body: BodyPieces("ab"))
            #expect(answer.code == "SignatureDoesNotMatch")
            #expect(answer["access-control-allow-origin"] == "https://page.example")
            #expect(answer["access-control-expose-headers"] == "ETag")
        }
    }

    @Test("a body that nothing vouches for, that is too long or is no configuration is refused, and the rules stay")
    func refusedPuts() async throws {
        try await S3Bench.with { s3 in
            let bare = try await s3.call(.put, "/imgn?cors", body: Self.rules)
            #expect(bare.status == 400)
            #expect(bare.code == "InvalidRequest")
            let wrong = try await s3.call(
                .put,
                "/imgn?cors",
                [named("content-md5"): Base64.encode(Array(repeating: 1, count: 16))],
                body: Self.rules
            )
            #expect(wrong.code == "BadDigest")
            let long = try await put(s3, Self.rules + String(repeating: " ", count: 64 << 10))
            #expect(long.code == "MalformedXML")
            #expect(try await put(s3, "<CORSConfiguration/>").code == "MalformedXML")
            #expect(try await put(s3, Self.rules, to: "/none-here?cors").code == "NoSuchBucket")
            #expect(s3.store.cors(of: s3.bucket) == .anyOrigin)
        }
    }
}
