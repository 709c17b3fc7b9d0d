import Foundation
import HTTPEdge
import HTTPTypes
import NIOCore
import SigV4
import Testing

@testable import ObjectStore

@Suite("PostObject: forms that are refused, with nothing stored")
struct PostObjectRefusalTests {
    /// Sends a form and expects a refusal that stores nothing.
    private func refused(_ s3: S3Bench, _ form: TestForm, _ status: Int, _ code: String) async throws -> S3Answer {
        let answer = try await s3.post(form)
        #expect(answer.status == status)
        #expect(answer.code == code)
        for key in ["up/cat.jpg", "a", "b"] { #expect(try await s3.stored(key) == nil) }
        return answer
    }

    // MARK: Signature

    @Test("a form without a policy is anonymous")
    func anonymous() async throws {
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.changes = ["Policy": nil]
            _ = try await refused(s3, form, 403, "AccessDenied")
        }
    }

    @Test(
        "each field of the signature is needed and checked",
        arguments: [
            ("X-Amz-Signature", nil, 400, "InvalidArgument"), ("X-Amz-Credential", nil, 400, "InvalidArgument"),
            ("X-Amz-Date", nil, 400, "InvalidArgument"), ("X-Amz-Algorithm", nil, 400, "InvalidArgument"),
            ("X-Amz-Signature", "00", 403, "SignatureDoesNotMatch"), ("Policy", "e30=", 403, "SignatureDoesNotMatch"),
            ("X-Amz-Credential", "NOBODY/20250102/us-east-1/s3/aws4_request", 403, "InvalidAccessKeyId"),
            ("X-Amz-Date", "20250103T030405Z", 400, "InvalidArgument"),
        ] as [(String, String?, Int, String)]
    )
    func signature(name: String, value: String?, status: Int, code: String) async throws {
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.changes = [name: value]
            _ = try await refused(s3, form, status, code)
        }
    }

    @Test("the signature is checked before a byte of the file is asked for")
    func beforeTheFile() async throws {
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.secret = "other"
            form.file = "FILE"
            let text = form.body
            let start = try #require(text.range(of: "FILE"))
            let pieces = BodyPieces([
                .bytes(Array(text[..<start.lowerBound].utf8)), .failure(PutObjectTests.UnexpectedReadError()),
            ])
            let answer = try await s3.post(form, body: pieces)
            #expect(answer.code == "SignatureDoesNotMatch")
            #expect(answer.element("AWSAccessKeyId") == S3Bench.key.accessKeyID)
        }
    }

    // MARK: Policy

    @Test("a policy is good until its end, and not in its last instant")
    func expired() async throws {
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.expiration = "2025-01-02T03:04:06Z"
            let answer = try await s3.post(form)
            #expect(answer.status == 204)
        }
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.expiration = "2025-01-02T03:04:05.999Z"
            let answer = try await refused(s3, form, 403, "AccessDenied")
            #expect(answer.message == "Invalid according to Policy: Policy expired.")
        }
    }

    @Test(
        "a condition that does not hold is named",
        arguments: [
            "[\"eq\", \"$key\", \"other\"]", "[\"starts-with\", \"$key\", \"down/\"]",
            "[\"eq\", \"$bucket\", \"other\"]", "[\"eq\", \"$x-amz-meta-a\", \"\"]",
            "[\"starts-with\", \"$content-type\", \"image/\"]", "[\"eq\", \"$key\", \"up/CAT.jpg\"]",
        ]
    )
    func condition(condition: String) async throws {
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.conditions = [condition]
            let answer = try await refused(s3, form, 403, "AccessDenied")
            let written = condition.replacing("\"", with: "&quot;")
            #expect(answer.message == "Invalid according to Policy: Policy Condition failed: \(written)")
        }
    }

    @Test("of several content types each must begin as asked")
    func contentTypes() async throws {
        try await S3Bench.with { s3 in
            for (value, isAllowed) in [("image/png, image/gif", true), ("image/png, text/html", false)] {
                var form = TestForm([("key", "c"), ("Content-Type", value)])
                form.uncovered = ["Content-Type"]
                form.conditions = ["[\"starts-with\", \"$Content-Type\", \"image/\"]"]
                let answer = try await s3.post(form)
                #expect(answer.status == (isAllowed ? 204 : 403))
            }
        }
    }

    @Test(
        "a field that no condition covers is named",
        arguments: [
            "x-amz-meta-a", "Content-Type", "success_action_status", "if-none-match", "key", "X-Amz-Date", "acl",
        ]
    )
    func extraFields(name: String) async throws {
        try await S3Bench.with { s3 in
            var form = TestForm(name == "key" ? [("key", "a")] : [("key", "a"), (name, "private")])
            if name == "X-Amz-Date" { form.fields.removeLast() }
            form.uncovered = [name]
            let answer = try await refused(s3, form, 403, "AccessDenied")
            #expect(answer.message == "Invalid according to Policy: Extra input fields: \(name.lowercased())")
        }
    }

    @Test("the bucket counts as a field")
    func bucketIsAField() async throws {
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.document = """
                {"expiration": "2025-01-02T03:05:05Z", "conditions": [["starts-with", "$key", ""],
                ["starts-with", "$x-amz-algorithm", ""], ["starts-with", "$x-amz-credential", ""],
                ["starts-with", "$x-amz-date", ""]]}
                """
            let answer = try await refused(s3, form, 403, "AccessDenied")
            #expect(answer.message == "Invalid according to Policy: Extra input fields: bucket")
            var other = TestForm()
            other.fields.append(("bucket", "other"))
            _ = try await refused(s3, other, 400, "InvalidArgument")
        }
    }

    @Test("a form signed for one bucket is worth nothing for another")
    func otherBucket() async throws {
        try await S3Bench.with(buckets: ["imgn", "second"]) { s3 in
            let answer = try await s3.post(TestForm(), to: "/second")
            #expect(answer.status == 403)
            #expect(answer.message?.contains("Policy Condition failed: [&quot;eq&quot;, &quot;$bucket&quot;") == true)
        }
    }

    // MARK: Sizes

    @Test("a file is refused as soon as it is too large, by the policy or by the store")
    func tooLarge() async throws {
        try await S3Bench.with(maximumObjectBytes: 20) { s3 in
            for (conditions, file, limit) in [
                (["[\"content-length-range\", 1, 9]"], 10, 9), ([], 21, 20),
                (["[\"content-length-range\", 0, 100]", "[\"content-length-range\", \"0\", \"5\"]"], 6, 5),
            ] {
                var form = TestForm()
                form.conditions = conditions
                form.file = String(repeating: "x", count: file)
                let answer = try await refused(s3, form, 400, "EntityTooLarge")
                #expect(answer.element("MaxSizeAllowed") == "\(limit)")
                #expect(answer.element("ProposedSize").flatMap { Int($0) } ?? 0 > limit)
            }
        }
    }

    @Test("the rest of a file that is too large is not read")
    func stopsReading() async throws {
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.conditions = ["[\"content-length-range\", 0, 1000]"]
            form.file = String(repeating: "x", count: 5000)
            let bytes = Array(form.body.utf8)
            let pieces = BodyPieces([
                .bytes(Array(bytes.dropLast(100))), .failure(PutObjectTests.UnexpectedReadError()),
            ])
            let answer = try await s3.post(form, body: pieces)
            #expect(answer.code == "EntityTooLarge")
        }
    }

    @Test("a file that ends too early is EntityTooSmall")
    func tooSmall() async throws {
        try await S3Bench.with { s3 in
            var form = TestForm()
            form.conditions = ["[\"content-length-range\", 11, 100]"]
            let answer = try await refused(s3, form, 400, "EntityTooSmall")
            #expect(answer.element("ProposedSize") == "10")
            #expect(answer.element("MinSizeAllowed") == "11")
        }
    }

    // MARK: Form

    @Test("a form needs a key, and a file as its last field")
    func missingParts() async throws {
        try await S3Bench.with { s3 in
            for fields in [[], [("key", "")]] as [[(name: String, value: String)]] {
                let answer = try await refused(s3, TestForm(fields), 400, "InvalidArgument")
                #expect(answer.element("ArgumentName") == "key")
            }
            var form = TestForm()
            form.file = nil
            let answer = try await refused(s3, form, 400, "InvalidArgument")
            #expect(answer.element("ArgumentName") == "file")
            #expect(answer.message == "POST requires exactly one file upload per request.")
        }
    }

    @Test("a field that stands there twice, in whatever case, is refused")
    func repeated() async throws {
        try await S3Bench.with { s3 in
            let answer = try await refused(s3, TestForm([("key", "a"), ("Key", "b")]), 400, "InvalidArgument")
            #expect(answer.element("ArgumentName") == "Key")
        }
    }

    @Test("fields over 20 KiB together are refused, whether one is long or many are short")
    func fieldsTooLarge() async throws {
        try await S3Bench.with { s3 in
            let long = TestForm([("key", "a"), ("x-ignore-a", String(repeating: "x", count: 20 << 10))])
            var many = TestForm([("key", "a")])
            many.fields += (0..<700).map { ("x-ignore-\($0)", String(repeating: "x", count: 20)) }
            many.uncovered = Set(many.fields.map(\.name))
            for form in [long, many] {
                let answer = try await refused(s3, form, 400, "MaxPostPreDataLengthExceededError")
                #expect(answer.element("MaxPostPreDataLengthBytes") == "20480")
            }
        }
    }

    @Test("what stands before the first field and behind the file is bounded, too")
    func framing() async throws {
        try await S3Bench.with { s3 in
            let noise = Array(repeating: UInt8(ascii: "x"), count: 200 << 10)
            for bytes in [noise + Array(TestForm().body.utf8), Array(TestForm().body.dropLast(4).utf8) + noise] {
                let answer = try await s3.post(TestForm(), body: BodyPieces(bytes))
                #expect(answer.status == 400)
                #expect(try await s3.stored("up/cat.jpg") == nil)
            }
        }
    }

    @Test("a form cut off anywhere is MalformedPOSTRequest")
    func cutOff() async throws {
        try await S3Bench.with { s3 in
            let body = Array(TestForm().body.utf8)
            for length in stride(from: 0, to: body.count - 4, by: 37) + [body.count - 5] {
                let answer = try await s3.post(TestForm(), body: BodyPieces(Array(body.prefix(length))))
                #expect(answer.status == 400)
                #expect(answer.code == "MalformedPOSTRequest")
            }
            #expect(try await s3.stored("up/cat.jpg") == nil)
        }
    }

    @Test("a body that breaks is IncompleteBody, one that stands still RequestTimeout")
    func brokenBodies() async throws {
        try await S3Bench.with { s3 in
            let start = Array(TestForm().body.utf8.dropLast(30))
            for (error, code) in [
                (PutObjectTests.UnexpectedReadError() as any Error, "IncompleteBody"),
                (SlowBodyError(), "RequestTimeout"),
            ] {
                let answer = try await s3.post(TestForm(), body: BodyPieces([.bytes(start), .failure(error)]))
                #expect(answer.code == code)
                #expect(try await s3.stored("up/cat.jpg") == nil)
            }
        }
    }

    @Test("a boundary that is none, and bytes that are no text in a field, are MalformedPOSTRequest")
    func malformed() async throws {
        try await S3Bench.with { s3 in
            let request = SignableRequest(
                method: .post,
                host: S3Bench.host,
                target: "/imgn",
                headers: [.contentType: "multipart/form-data"]
            )
            #expect(try await s3.send(request, body: BodyPieces("x")).code == "MalformedPOSTRequest")
            var bytes = Array(TestForm().body.utf8)
            let key = try #require(TestForm().body.range(of: "up/cat"))
            bytes[TestForm().body.utf8.distance(from: TestForm().body.startIndex, to: key.lowerBound)] = 0xFF
            #expect(try await s3.post(TestForm(), body: BodyPieces(bytes)).code == "MalformedPOSTRequest")
        }
    }

    @Test("a POST that is no form is for signed requests only")
    func notAForm() async throws {
        try await S3Bench.with { s3 in
            let request = SignableRequest(
                method: .post,
                host: S3Bench.host,
                target: "/imgn",
                headers: [.contentType: "application/x-www-form-urlencoded"]
            )
            #expect(try await s3.send(request, body: BodyPieces("key=a")).code == "AccessDenied")
            let toAKey = try await s3.post(TestForm(), to: "/imgn/a")
            #expect(toAKey.code == "AccessDenied")
        }
    }

    @Test(
        "fields are refused as the headers of a PUT are",
        arguments: [
            ("acl", "public-read", 400, "AccessControlListNotSupported"),
            ("x-amz-storage-class", "GLACIER", 400, "InvalidStorageClass"),
            ("x-amz-server-side-encryption", "AES256", 501, "NotImplemented"),
            ("tagging", "<x/>", 501, "NotImplemented"),
            ("Content-MD5", "x", 400, "InvalidDigest"), ("x-amz-checksum-sha256", "x", 400, "InvalidRequest"),
            ("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", 400, "BadDigest"),
            ("x-amz-checksum-sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 400, "BadDigest"),
            ("x-amz-checksum-crc32", "AAAAAA==", 400, "BadDigest"), ("if-none-match", "x", 501, "NotImplemented"),
            ("x-amz-meta-a", "a\u{1}b", 400, "InvalidArgument"),
            ("x-amz-meta-a", String(repeating: "x", count: 2048), 400, "MetadataTooLarge"),
        ] as [(String, String, Int, String)]
    )
    func fieldRefusals(name: String, value: String, status: Int, code: String) async throws {
        try await S3Bench.with { s3 in
            var form = TestForm([("key", "a"), (name, value)])
            form.uncovered = [name]
            form.conditions = ["[\"starts-with\", \"$\(name)\", \"\"]"]
            _ = try await refused(s3, form, status, code)
        }
    }

    @Test("a key over 1024 bytes is KeyTooLongError, a full disk 507")
    func keyAndDisk() async throws {
        try await S3Bench.with { s3 in
            let form = TestForm([("key", String(repeating: "k", count: 1025))])
            _ = try await refused(s3, form, 400, "KeyTooLongError")
        }
        try await S3Bench.with(keepFreeBytes: .max / 2) { s3 in
            _ = try await refused(s3, TestForm(), 507, "InsufficientStorage")
        }
    }
}
