import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

/// What the front does with requests that are not properly signed; the verifier's own cases are SigV4's tests.
@Suite("Signatures at the front")
struct SignatureRefusalTests {
    @Test(
        "an anonymous request gets AccessDenied, whatever it wants of a bucket",
        arguments: ["GET", "HEAD", "PUT", "DELETE"]
    )
    func anonymous(method: String) async throws {
        try await S3Bench.with { s3 in
            try await s3.put("cat.jpg")
            let method = try #require(HTTPRequest.Method(method))
            let request = SignableRequest(method: method, host: S3Bench.host, target: "/imgn/cat.jpg")
            let answer = try await s3.send(request)
            #expect(answer.status == 403)
            #expect(answer.code == (method == .head ? nil : "AccessDenied"))
            #expect(try await s3.stored("cat.jpg") != nil)
        }
    }

    @Test("a presigned URL past its expiry is refused and says when it expired")
    func expired() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("cat.jpg")
            let request = s3.presign(.get, "/imgn/cat.jpg", expiresInSeconds: 60)
            s3.clock.now = SigningDate(secondsSince1970: S3Bench.date.secondsSince1970 + 61)
            let answer = try await s3.send(request)
            #expect(answer.status == 403)
            #expect(answer.code == "AccessDenied")
            #expect(answer.message == "Request has expired")
            #expect(answer.element("Expires") == "2025-01-02T03:05:05Z")
            #expect(answer.element("ServerTime") == "2025-01-02T03:05:06Z")
            #expect(answer.element("X-Amz-Expires") == "60")
        }
    }

    @Test("a body still coming after the expiry is taken, since expiry is checked at the start")
    func expiryDuringBody() async throws {
        try await S3Bench.with { s3 in
            let request = s3.presign(.put, "/imgn/slow.bin", [.contentLength: "4"], expiresInSeconds: 1)
            let late = SigningDate(secondsSince1970: S3Bench.date.secondsSince1970 + 3600)
            let clock = s3.clock
            let answer = try await s3.send(
                request,
                body: BodyPieces([.bytes([1, 2]), .action { clock.now = late }, .bytes([3, 4])])
            )
            #expect(answer.status == 200)
            #expect(try await s3.stored("slow.bin")?.byteCount == 4)
        }
    }

    @Test("a wrong secret is refused with what was signed, so that a client's bug can be found")
    func wrongSecret() async throws {
        try await S3Bench.with { s3 in
            let stranger = Credentials(accessKeyID: S3Bench.key.accessKeyID, secretAccessKey: Secret("other"))
            let request = SignableRequest(method: .get, host: S3Bench.host, target: "/imgn?list-type=2")
            let signed = Signer(credentials: stranger, region: "us-east-1").sign(
                request,
                payload: .unsigned,
                at: S3Bench.date
            )
            let answer = try await s3.send(signed)
            #expect(answer.status == 403)
            #expect(answer.code == "SignatureDoesNotMatch")
            #expect(answer.element("CanonicalRequest")?.contains("&#10;list-type=2&#10;") == true)
            #expect(answer.element("StringToSign") != nil)
        }
    }

    @Test("an unknown key is refused by name")
    func unknownKey() async throws {
        try await S3Bench.with { s3 in
            let stranger = Credentials(accessKeyID: "AKIDNOBODY", secretAccessKey: Secret("x"))
            let request = SignableRequest(method: .get, host: S3Bench.host, target: "/")
            let signed = Signer(credentials: stranger, region: "us-east-1").sign(
                request,
                payload: .unsigned,
                at: S3Bench.date
            )
            let answer = try await s3.send(signed)
            #expect(answer.code == "InvalidAccessKeyId")
            #expect(answer.element("AWSAccessKeyId") == "AKIDNOBODY")
        }
    }

    @Test("a header from another time is refused with both times")
    func skewed() async throws {
        try await S3Bench.with { s3 in
            s3.clock.now = SigningDate(secondsSince1970: S3Bench.date.secondsSince1970 + 901)
            let answer = try await s3.call(.get, "/imgn?list-type=2")
            #expect(answer.status == 403)
            #expect(answer.code == "RequestTimeTooSkewed")
            #expect(answer.element("MaxAllowedSkewMilliseconds") == "900000")
        }
    }

    @Test("an x-amz- header that was not signed is refused and nothing is stored")
    func unsignedHeader() async throws {
        try await S3Bench.with { s3 in
            var request = s3.presign(.put, "/imgn/cat.jpg", [.contentLength: "2"])
            request.headers[named: "x-amz-meta-owner"] = "me"
            let answer = try await s3.send(request, body: BodyPieces("hi"))
            #expect(answer.status == 403)
            #expect(answer.element("HeadersNotSigned") == "x-amz-meta-owner")
            #expect(try await s3.stored("cat.jpg") == nil)
        }
    }

    @Test("query and header together are refused")
    func bothForms() async throws {
        try await S3Bench.with { s3 in
            var request = s3.presign(.get, "/imgn/cat.jpg")
            request.headers[.authorization] = "AWS4-HMAC-SHA256 Credential=x"
            let answer = try await s3.send(request)
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidArgument")
            #expect(answer.message?.hasPrefix("Only one auth mechanism allowed") == true)
        }
    }

    @Test(
        "version 2 signatures are refused with the one to use",
        arguments: [
            "/imgn/cat.jpg?AWSAccessKeyId=A&Signature=b&Expires=1", "/other?AWSAccessKeyId=A&Signature=b&Expires=1",
        ]
    )
    func versionTwo(target: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.send(SignableRequest(method: .get, host: S3Bench.host, target: target))
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidRequest")
            #expect(answer.message?.contains("AWS4-HMAC-SHA256") == true)
        }
    }

    @Test("a presigned URL is good for its method only")
    func otherMethod() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("cat.jpg")
            var request = s3.presign(.get, "/imgn/cat.jpg")
            request.method = .delete
            let answer = try await s3.send(request)
            #expect(answer.code == "SignatureDoesNotMatch")
            #expect(try await s3.stored("cat.jpg") != nil)
        }
    }
}
