import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("Settings that nobody made")
struct UnsetSettingTests {
    @Test(
        "a setting without a document for none is its own 404",
        arguments: [
            ("policy", "NoSuchBucketPolicy"), ("policyStatus", "NoSuchBucketPolicy"),
            ("lifecycle", "NoSuchLifecycleConfiguration"), ("tagging", "NoSuchTagSet"),
            ("object-lock", "ObjectLockConfigurationNotFoundError"), ("website", "NoSuchWebsiteConfiguration"),
            ("replication", "ReplicationConfigurationNotFoundError"),
            ("encryption", "ServerSideEncryptionConfigurationNotFoundError"),
            ("publicAccessBlock", "NoSuchPublicAccessBlockConfiguration"),
        ]
    )
    func missing(resource: String, code: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.get, "/imgn?\(resource)")
            #expect(answer.status == 404)
            #expect(answer.code == code)
            #expect(answer.element("BucketName") == "imgn")
            #expect(try await s3.call(.get, "/not-there?\(resource)").code == "NoSuchBucket")
        }
    }

    @Test(
        "other settings are documents that say what is so",
        arguments: [
            ("versioning", "VersioningConfiguration", ""), ("logging", "BucketLoggingStatus", ""),
            ("notification", "NotificationConfiguration", ""), ("accelerate", "AccelerateConfiguration", ""),
            ("requestPayment", "RequestPaymentConfiguration", "<Payer>BucketOwner</Payer>"),
            (
                "ownershipControls", "OwnershipControls",
                "<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"
            ),
        ]
    )
    func documents(resource: String, root: String, content: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.get, "/imgn?\(resource)=")
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "application/xml")
            #expect(
                answer.text.hasSuffix(
                    "<\(root) xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(content)</\(root)>"
                )
            )
        }
    }

    @Test("writing a setting is NotImplemented", arguments: [HTTPRequest.Method.put, .delete])
    func writes(method: HTTPRequest.Method) async throws {
        try await S3Bench.with { s3 in
            for resource in ["policy", "lifecycle", "acl", "tagging", "versioning", "encryption", "website"] {
                let answer = try await s3.call(method, "/imgn?\(resource)")
                #expect(answer.status == 501)
                #expect(answer.code == "NotImplemented")
                #expect(answer.element("Header") == "?\(resource)")
            }
            #expect(s3.store.hasBucket(s3.bucket))
        }
    }

    @Test("the owner has FULL_CONTROL of bucket and object, and nobody else anything")
    func accessControl() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            for target in ["/imgn?acl", "/imgn/a?acl"] {
                let answer = try await s3.call(.get, target)
                #expect(answer.status == 200)
                #expect(answer.elements("ID") == ["imgn", "imgn"])
                #expect(answer.elements("Permission") == ["FULL_CONTROL"])
                #expect(
                    answer.text.contains(
                        "<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                            + "xsi:type=\"CanonicalUser\"><ID>imgn</ID>"
                    )
                )
            }
        }
    }

    @Test("an object has no tags, and no object lock")
    func objects() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            let tags = try await s3.call(.get, "/imgn/a?tagging")
            #expect(tags.status == 200)
            #expect(tags.text.contains("<TagSet></TagSet>"))
            for resource in ["legal-hold", "retention"] {
                let answer = try await s3.call(.get, "/imgn/a?\(resource)")
                #expect(answer.status == 400)
                #expect(answer.code == "InvalidRequest")
            }
            for resource in ["acl", "tagging", "retention"] {
                #expect(try await s3.call(.get, "/imgn/none?\(resource)").code == "NoSuchKey")
                #expect(try await s3.call(.put, "/imgn/a?\(resource)", body: "x").code == "NotImplemented")
            }
            #expect(try await s3.stored("a")?.byteCount == 10)
        }
    }
}
