import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("CORS")
struct CORSTests {
    private static let exposed = "ETag, x-amz-checksum-sha256, x-amz-request-id, x-amz-version-id, content-range"

    private func preflight(_ s3: S3Bench, _ headers: HTTPFields, target: String = "/imgn/a") async throws -> S3Answer {
        try await s3.send(SignableRequest(method: .options, host: S3Bench.host, target: target, headers: headers))
    }

    @Test("a preflight is answered without a signature, and without looking at the URL's")
    func preflight() async throws {
        try await S3Bench.with { s3 in
            for target in ["/imgn/a", "/imgn/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=x"] {
                let headers: HTTPFields = [
                    .origin: "https://page.example", .accessControlRequestMethod: "PUT",
                    .accessControlRequestHeaders: "Content-Type,if-none-match,x-amz-checksum-sha256",
                ]
                let answer = try await preflight(s3, headers, target: target)
                #expect(answer.status == 200)
                #expect(answer.byteCount == 0)
                #expect(answer["access-control-allow-origin"] == "*")
                #expect(answer["access-control-allow-methods"] == "GET, PUT, POST, DELETE, HEAD")
                #expect(answer["access-control-allow-headers"] == "content-type, if-none-match, x-amz-checksum-sha256")
                #expect(answer["access-control-expose-headers"] == Self.exposed)
                #expect(answer["access-control-max-age"] == "3000")
                #expect(answer["access-control-allow-credentials"] == nil)
                #expect(answer["vary"]?.contains("Origin") == true)
            }
        }
    }

    @Test("a preflight that is none is BadRequest, one for another method AccessForbidden")
    func refusedPreflights() async throws {
        try await S3Bench.with { s3 in
            let noOrigin = try await preflight(s3, [.accessControlRequestMethod: "PUT"])
            #expect(noOrigin.status == 400)
            #expect(noOrigin.code == "BadRequest")
            let noMethod = try await preflight(s3, [.origin: "https://page.example"])
            #expect(noMethod.status == 400)
            let patch = try await preflight(
                s3,
                [.origin: "https://page.example", .accessControlRequestMethod: "PATCH"]
            )
            #expect(patch.status == 403)
            #expect(patch.code == "AccessForbidden")
            #expect(patch.element("Method") == "PATCH")
            #expect(patch.element("ResourceType") == "OBJECT")
        }
    }

    @Test("answers to another origin can be read by its page, errors included")
    func actualRequests() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            let origin: HTTPFields = [.origin: "https://page.example"]
            let found = try await s3.call(.get, "/imgn/a", origin)
            #expect(found["access-control-allow-origin"] == "*")
            #expect(found["access-control-expose-headers"] == Self.exposed)
            let missing = try await s3.call(.get, "/imgn/none", origin)
            #expect(missing.status == 404)
            #expect(missing["access-control-allow-origin"] == "*")
            let anonymous = SignableRequest(method: .get, host: S3Bench.host, target: "/imgn/a", headers: origin)
            let refused = try await s3.send(anonymous)
            #expect(refused.status == 403)
            #expect(refused["access-control-allow-origin"] == "*")
        }
    }

    @Test("who has no origin gets no CORS headers")
    func sameOrigin() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            #expect(try await s3.call(.get, "/imgn/a")["access-control-allow-origin"] == nil)
        }
    }
}
