import HTTPTypes
import SigV4
import Testing

@Suite("Routes of the front")
struct RoutingTests {
    @Test("what is not S3's goes on to the router")
    func passesOn() async throws {
        try await S3Bench.with { s3 in
            let page = try await s3.send(SignableRequest(method: .get, host: S3Bench.host, target: "/?after=x"))
            #expect(page.status == 200)
            #expect(page.text == "the gallery")
            let bearer = SignableRequest(
                method: .get,
                host: S3Bench.host,
                target: "/",
                headers: [.authorization: "Bearer x"]
            )
            #expect(try await s3.send(bearer).text == "the gallery")
            let other = try await s3.send(SignableRequest(method: .get, host: S3Bench.host, target: "/imgnx/cat.jpg"))
            #expect(other["x-amz-request-id"] == nil)
        }
    }

    @Test(
        "signed requests and those to a bucket are S3's",
        arguments: [
            "/imgn", "/imgn/", "/imgn?x", "/imgn/a/b", "/%69mgn/a", "/imgn%2Fa", "/imgn/%FF", "/?X-Amz-Signature=x",
            "/gallery?X-Amz-Algorithm=x", "/?AWSAccessKeyId=x", "/?X-Amz-Credential=x", "/?Signature=x",
        ]
    )
    func owns(target: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.send(SignableRequest(method: .get, host: S3Bench.host, target: target))
            #expect(answer.status >= 400)
            #expect(answer["x-amz-request-id"] == "request-7")
        }
    }

    @Test("every answer carries ids, nosniff and a sandbox; an error repeats the ids in its body")
    func identity() async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.get, "/imgn/none")
            #expect(answer["x-amz-request-id"] == "request-7")
            #expect(answer["x-amz-id-2"] == "imgn")
            #expect(answer.element("RequestId") == "request-7")
            #expect(answer.element("HostId") == "imgn")
            #expect(answer["content-type"] == "application/xml")
            #expect(answer["x-content-type-options"] == "nosniff")
            #expect(answer["content-security-policy"] == "sandbox")
            #expect(answer["server"] == nil)
            #expect(answer.text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code>"))
        }
    }

    @Test("buckets are listed in order, with their owner")
    func listBuckets() async throws {
        try await S3Bench.with(buckets: ["zebra", "imgn", "apple"]) { s3 in
            let answer = try await s3.call(.get, "/?x-id=ListBuckets")
            #expect(answer.status == 200)
            #expect(answer.elements("Name") == ["apple", "imgn", "zebra"])
            #expect(answer.element("CreationDate") == "1970-01-01T00:00:00.000Z")
            #expect(answer.element("ID") == "imgn")
            #expect(answer.text.contains("<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"))
        }
    }

    @Test("a bucket tells its region; the first region is an empty element")
    func location() async throws {
        try await S3Bench.with { s3 in
            let head = try await s3.call(.head, "/imgn")
            #expect(head.status == 200)
            #expect(head["x-amz-bucket-region"] == "us-east-1")
            let location = try await s3.call(.get, "/imgn?location")
            #expect(location.element("LocationConstraint") == nil)
            #expect(
                location.text.hasSuffix(
                    "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"></LocationConstraint>"
                )
            )
        }
    }

    @Test(
        "what is not there, not allowed or not built is refused in S3's words",
        arguments: [
            ("GET", "/none?list-type=2", 404, "NoSuchBucket"),
            ("GET", "/No_Bucket/key", 400, "InvalidBucketName"),
            ("GET", "//key", 400, "InvalidBucketName"),
            ("GET", "/imgn/none", 404, "NoSuchKey"),
            ("GET", "/imgn/" + String(repeating: "k", count: 1025), 400, "KeyTooLongError"),
            ("GET", "/imgn/%FF", 400, "InvalidURI"),
            ("GET", "/imgn?list-type=3", 400, "InvalidArgument"),
            ("PUT", "/No_Bucket", 400, "InvalidBucketName"),
            ("DELETE", "/none", 404, "NoSuchBucket"),
            ("POST", "/imgn", 412, "PreconditionFailed"),
            ("PUT", "/imgn?acl", 501, "NotImplemented"),
            ("PUT", "/imgn?versioning", 501, "NotImplemented"),
            ("DELETE", "/imgn?policy", 501, "NotImplemented"),
            ("DELETE", "/imgn?location", 405, "MethodNotAllowed"),
            ("POST", "/imgn?cors", 405, "MethodNotAllowed"),
            ("GET", "/imgn?inventory", 501, "NotImplemented"),
            ("PUT", "/imgn?uploads", 405, "MethodNotAllowed"),
            ("PUT", "/imgn/cat.jpg?uploads", 501, "NotImplemented"),
            ("PUT", "/imgn/cat.jpg?uploadId=x&partNumber=1", 404, "NoSuchUpload"),
            ("PUT", "/imgn/cat.jpg?partNumber=1", 400, "InvalidArgument"),
            ("PUT", "/imgn/cat.jpg?tagging", 501, "NotImplemented"),
            ("PUT", "/imgn/cat.jpg?acl", 501, "NotImplemented"),
            ("POST", "/imgn/cat.jpg", 405, "MethodNotAllowed"),
            ("PATCH", "/imgn", 405, "MethodNotAllowed"),
            ("POST", "/", 405, "MethodNotAllowed"),
        ] as [(String, String, Int, String)]
    )
    func refusals(method: String, target: String, status: Int, code: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(try #require(HTTPRequest.Method(method)), target)
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect(try await s3.stored("cat.jpg") == nil)
        }
    }

    @Test("creating a bucket that is there is fine, as some clients do it before every upload")
    func createExisting() async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.put, "/imgn")
            #expect(answer.status == 200)
            #expect(answer["location"] == "/imgn")
        }
    }

    @Test("a client that expects another owner is refused before anything happens")
    func otherOwner() async throws {
        try await S3Bench.with { s3 in
            let other = try await s3.put("a", "x", [named("x-amz-expected-bucket-owner"): "123456789012"])
            #expect(other.status == 403)
            #expect(try await s3.stored("a") == nil)
            let same = try await s3.put("a", "x", [named("x-amz-expected-bucket-owner"): "imgn"])
            #expect(same.status == 200)
        }
    }

    @Test("a damaged object is InternalError, and says nothing of the disk")
    func damaged() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("secret-key", "x")
            try s3.damageObjects()
            let answer = try await s3.call(.get, "/imgn/secret-key")
            #expect(answer.status == 500)
            #expect(answer.code == "InternalError")
            #expect(!answer.text.contains("secret-key"))
            #expect(!answer.text.contains(s3.folderName))
        }
    }

    @Test("a HEAD that is refused has the status and no body")
    func headRefused() async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.head, "/imgn/none")
            #expect(answer.status == 404)
            #expect(answer.byteCount == 0)
            #expect(answer["content-length"] == "0")
        }
    }

    @Test("only uploads may stream their body in signed chunks")
    func streamingElsewhere() async throws {
        try await S3Bench.with { s3 in
            let request = SignableRequest(method: .get, host: S3Bench.host, target: "/imgn?list-type=2")
            let answer = try await s3.send(s3.signer.sign(request, payload: .streamingSigned, at: S3Bench.date))
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidRequest")
        }
    }
}
