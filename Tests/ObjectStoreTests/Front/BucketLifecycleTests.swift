import HTTPTypes
import Hummingbird
import NIOCore
import SigV4
import Testing

@testable import ObjectStore

@Suite("CreateBucket and DeleteBucket")
struct BucketLifecycleTests {
    private static func location(_ region: String) -> String {
        "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>\(region)"
            + "</LocationConstraint></CreateBucketConfiguration>"
    }

    @Test("a bucket is made, used, listed, refused while it has objects, and deleted")
    func life() async throws {
        try await S3Bench.with { s3 in
            let anonymous = SignableRequest(method: .get, host: S3Bench.host, target: "/my.bucket-2/a")
            #expect(try await s3.send(anonymous)["x-amz-request-id"] == nil)
            let made = try await s3.call(.put, "/my.bucket-2")
            #expect(made.status == 200)
            #expect(made["location"] == "/my.bucket-2")
            #expect(try await s3.send(anonymous).code == "AccessDenied")
            #expect(try await s3.call(.get, "/").elements("Name") == ["imgn", "my.bucket-2"])
            #expect(try await s3.call(.put, "/my.bucket-2/a", body: "x").status == 200)
            let full = try await s3.call(.delete, "/my.bucket-2")
            #expect(full.status == 409)
            #expect(full.code == "BucketNotEmpty")
            #expect(full.element("BucketName") == "my.bucket-2")
            #expect(try await s3.call(.delete, "/my.bucket-2/a").status == 204)
            #expect(try await s3.call(.delete, "/my.bucket-2/").status == 204)
            let gone = try await s3.call(.delete, "/my.bucket-2")
            #expect(gone.status == 404)
            #expect(gone.code == "NoSuchBucket")
            #expect(try await s3.send(anonymous)["x-amz-request-id"] == nil)
        }
    }

    @Test("a bucket that the server is configured with cannot be deleted, empty or not")
    func configured() async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.delete, "/imgn")
            #expect(answer.status == 403)
            #expect(answer.code == "AccessDenied")
            #expect(answer.message?.contains("configured with this bucket") == true)
            #expect(answer.element("BucketName") == "imgn")
            #expect(try await s3.call(.head, "/imgn").status == 200)
        }
    }

    @Test("making a bucket that is there is 200 in the first region and BucketAlreadyOwnedByYou elsewhere")
    func existing() async throws {
        try await S3Bench.with { s3 in
            #expect(try await s3.call(.put, "/imgn").status == 200)
            let elsewhere = CreateBucket(store: s3.store, region: "eu-west-1", reservedNames: [])
            let request = SignableRequest(method: .put, host: S3Bench.host, target: "/imgn")
            let verified = try #require(
                try Verifier(region: "us-east-1") { _ in S3Bench.key }.verify(
                    s3.signer.sign(request, payload: .unsigned, at: S3Bench.date),
                    at: S3Bench.date
                )
            )
            let signed = S3Request(
                head: HTTPRequest(method: .put, scheme: "http", authority: S3Bench.host, path: "/imgn"),
                body: RequestBody(buffer: ByteBuffer()),
                target: try S3Target("/imgn"),
                verified: verified
            )
            await #expect(throws: S3Error.bucketAlreadyOwned("imgn")) {
                try await elsewhere.respond(to: signed, bucket: s3.bucket)
            }
        }
    }

    @Test("the body may name the store's own region", arguments: ["", "us-east-1"])
    func ownLocation(region: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.put, "/second", body: Self.location(region))
            #expect(answer.status == 200)
            #expect(s3.store.hasBucket("second"))
        }
    }

    @Test(
        "a body that wants something else is refused and makes no bucket",
        arguments: [
            (location("eu-west-1"), 400, "IllegalLocationConstraintException"), ("x", 400, "MalformedXML"),
            ("<Other/>", 400, "MalformedXML"),
            ("<CreateBucketConfiguration><Other/></CreateBucketConfiguration>", 400, "MalformedXML"),
            ("<CreateBucketConfiguration>us-east-1</CreateBucketConfiguration>", 400, "MalformedXML"),
            ("<CreateBucketConfiguration><Tags/></CreateBucketConfiguration>", 501, "NotImplemented"),
            (location("us-east-1") + String(repeating: " ", count: 8 << 10), 400, "MalformedXML"),
        ] as [(String, Int, String)]
    )
    func refusedBodies(body: String, status: Int, code: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.put, "/second", body: body)
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect(!s3.store.hasBucket("second"))
        }
    }

    @Test(
        "headers that ask for what no bucket here has are refused",
        arguments: [
            ("x-amz-acl", "public-read", "AccessControlListNotSupported"), ("x-amz-acl", "x", "InvalidArgument"),
            ("x-amz-grant-read", "id=x", "AccessControlListNotSupported"),
            ("x-amz-bucket-object-lock-enabled", "true", "NotImplemented"),
            ("x-amz-object-ownership", "ObjectWriter", "NotImplemented"),
        ]
    )
    func refusedHeaders(name: String, value: String, code: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.put, "/second", [named(name): value])
            #expect(answer.code == code)
            #expect(!s3.store.hasBucket("second"))
        }
    }

    @Test("headers that say what is so anyway are fine")
    func harmlessHeaders() async throws {
        try await S3Bench.with { s3 in
            let headers: HTTPFields = [
                named("x-amz-acl"): "private", named("x-amz-object-ownership"): "BucketOwnerEnforced",
                named("x-amz-bucket-object-lock-enabled"): "false",
            ]
            let answer = try await s3.call(.put, "/second", headers)
            #expect(answer.status == 200)
        }
    }

    @Test("a name that is an address of the page is BucketAlreadyExists")
    func reserved() async throws {
        try await S3Bench.with(reservedBucketNames: ["images"]) { s3 in
            let answer = try await s3.call(.put, "/images")
            #expect(answer.status == 409)
            #expect(answer.code == "BucketAlreadyExists")
            #expect(answer.element("BucketName") == "images")
            #expect(!s3.store.hasBucket("images"))
        }
    }

    @Test("nobody makes or deletes a bucket without a signature")
    func anonymous() async throws {
        try await S3Bench.with { s3 in
            for method in [HTTPRequest.Method.put, .delete] {
                let answer = try await s3.send(SignableRequest(method: method, host: S3Bench.host, target: "/imgn"))
                #expect(answer.status == 403)
                #expect(answer.code == "AccessDenied")
            }
        }
    }
}
