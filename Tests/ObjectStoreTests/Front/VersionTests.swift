import Crypto
import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("Versions, of which every object has the one called null")
struct VersionTests {
    private static let unknown = "abcdefghijklmnopqrstuvwxyzABCDE_"

    @Test("every object is one version, the latest")
    func list() async throws {
        try await S3Bench.with { s3 in
            for key in ["a", "b/1", "b/2"] { try await s3.put(key) }
            let answer = try await s3.call(.get, "/imgn?versions&delimiter=%2F")
            #expect(answer.status == 200)
            #expect(answer.text.contains("<ListVersionsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"))
            #expect(answer.elements("Version").count == 1)
            #expect(answer.element("Key") == "a")
            #expect(answer.element("VersionId") == "null")
            #expect(answer.element("IsLatest") == "true")
            #expect(answer.element("Size") == "10")
            #expect(answer.elements("Owner").count == 1)
            #expect(answer.elements("CommonPrefixes") == ["<Prefix>b/</Prefix>"])
            #expect(answer.element("KeyMarker") == "")
            #expect(answer.element("VersionIdMarker") == "")
            #expect(answer.element("IsTruncated") == "false")
            #expect(answer.element("NextKeyMarker") == nil)
        }
    }

    @Test("pages go on behind key and version")
    func pages() async throws {
        try await S3Bench.with { s3 in
            for key in ["a", "b/1", "c"] { try await s3.put(key) }
            let first = try await s3.call(.get, "/imgn?versions&max-keys=1&delimiter=%2F")
            #expect(first.elements("Key") == ["a"])
            #expect(first.element("NextKeyMarker") == "a")
            #expect(first.element("NextVersionIdMarker") == "null")
            let second = try await s3.call(
                .get,
                "/imgn?versions&max-keys=1&delimiter=%2F&key-marker=a&version-id-marker=null"
            )
            #expect(second.elements("CommonPrefixes") == ["<Prefix>b/</Prefix>"])
            #expect(second.element("VersionIdMarker") == "null")
            #expect(second.element("NextKeyMarker") == "b/")
            #expect(second.element("NextVersionIdMarker") == nil)
            let third = try await s3.call(.get, "/imgn?versions&max-keys=1&delimiter=%2F&key-marker=b%2F")
            #expect(third.elements("Key") == ["c"])
            #expect(third.element("IsTruncated") == "false")
        }
    }

    @Test(
        "markers that make no sense are InvalidArgument",
        arguments: ["version-id-marker=null", "key-marker=a&version-id-marker=x", "max-keys=x", "encoding-type=x"]
    )
    func refusedMarkers(query: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.get, "/imgn?versions&\(query)")
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidArgument")
        }
    }

    @Test("the version null is the object, to read and to delete")
    func nullVersion() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            #expect(try await s3.call(.get, "/imgn/a?versionId=null").text == "0123456789")
            #expect(try await s3.call(.head, "/imgn/a?versionId=null").status == 200)
            let copy = try await s3.call(.put, "/imgn/b", [named("x-amz-copy-source"): "imgn/a?versionId=null"])
            #expect(copy.status == 200)
            #expect(try await s3.call(.delete, "/imgn/a?versionId=null").status == 204)
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test(
        "another version is NoSuchVersion, what is none InvalidArgument, and nothing is deleted",
        arguments: [
            (unknown, 404, "NoSuchVersion"), ("x", 400, "InvalidArgument"), ("", 400, "InvalidArgument"),
            ("Null", 400, "InvalidArgument"), (unknown + "x", 400, "InvalidArgument"),
        ] as [(String, Int, String)]
    )
    func otherVersions(version: String, status: Int, code: String) async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            for method in [HTTPRequest.Method.get, .delete] {
                let answer = try await s3.call(method, "/imgn/a?versionId=\(version)")
                #expect(answer.status == status)
                #expect(answer.code == code)
                let key = answer.element(status == 404 ? "VersionId" : "ArgumentValue")
                #expect(key == version)
            }
            #expect(try await s3.call(.head, "/imgn/a?versionId=\(version)").status == status)
            #expect(try await s3.stored("a") != nil)
            let copy = try await s3.call(.put, "/imgn/b", [named("x-amz-copy-source"): "imgn/a?versionId=\(version)"])
            #expect(copy.code == code)
        }
    }

    @Test("a write to a version is InvalidArgument")
    func write() async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.put, "/imgn/a?versionId=null", body: "x")
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidArgument")
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test("DeleteObjects deletes the version null and refuses others one by one")
    func deleteObjects() async throws {
        try await S3Bench.with { s3 in
            for key in ["a", "b"] { try await s3.put(key) }
            let xml =
                "<Delete><Object><Key>a</Key><VersionId>null</VersionId></Object>"
                + "<Object><Key>b</Key><VersionId>\(Self.unknown)</VersionId></Object></Delete>"
            let md5 = Base64.encode(Array(Insecure.MD5.hash(data: Array(xml.utf8))))
            let answer = try await s3.call(.post, "/imgn?delete", [named("content-md5"): md5], body: xml)
            #expect(answer.elements("Deleted") == ["<Key>a</Key><VersionId>null</VersionId>"])
            #expect(answer.element("Error")?.contains("<Code>NoSuchVersion</Code>") == true)
            #expect(try await s3.stored("a") == nil)
            #expect(try await s3.stored("b") != nil)
        }
    }
}
