import Crypto
import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("DeleteObject and DeleteObjects")
struct DeleteTests {
    private func delete(_ s3: S3Bench, _ xml: String, _ headers: HTTPFields? = nil) async throws -> S3Answer {
        let md5 = Base64.encode(Array(Insecure.MD5.hash(data: Array(xml.utf8))))
        return try await s3.call(.post, "/imgn?delete", headers ?? [named("content-md5"): md5], body: xml)
    }

    @Test("deleting is 204, whether or not the object was there")
    func one() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            for _ in 0..<2 {
                let answer = try await s3.call(.delete, "/imgn/a")
                #expect(answer.status == 204)
                #expect(answer.byteCount == 0)
            }
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test("a conditional delete is refused rather than done without its condition")
    func conditional() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            #expect(try await s3.call(.delete, "/imgn/a", [.ifMatch: "\"x\""]).status == 501)
            #expect(try await s3.stored("a") != nil)
        }
    }

    @Test("many keys go in one request, each reported; entities and blanks are read as XML")
    func many() async throws {
        try await S3Bench.with { s3 in
            for key in ["a", "<b>&é", "keep"] { try await s3.put(key) }
            let answer = try await delete(
                s3,
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <Object><Key>a</Key></Object><!-- and -->
                  <Object><Key>&lt;b&gt;&amp;&#233;</Key></Object>
                  <Object><Key>keep</Key><VersionId>3</VersionId></Object>
                  <Object><Key>\(String(repeating: "k", count: 1025))</Key></Object>
                  <Object><Key>none</Key></Object>
                </Delete>
                """
            )
            #expect(answer.status == 200)
            #expect(answer.elements("Deleted") == ["<Key>a</Key>", "<Key>&lt;b&gt;&amp;é</Key>", "<Key>none</Key>"])
            #expect(answer.elements("Code") == ["InvalidArgument", "KeyTooLongError"])
            #expect(try await s3.stored("a") == nil)
            #expect(try await s3.stored("<b>&é") == nil)
            #expect(try await s3.stored("keep") != nil)
        }
    }

    @Test("a quiet request hears of failures only")
    func quiet() async throws {
        try await S3Bench.with { s3 in
            let answer = try await delete(
                s3,
                """
                <Delete><Object><Key>a</Key></Object><Object><Key>b</Key><ETag>x</ETag></Object>\
                <Quiet>true</Quiet></Delete>
                """
            )
            #expect(answer.elements("Deleted").isEmpty)
            #expect(answer.elements("Error").count == 1)
        }
    }

    @Test("a body that nothing vouches for, or that is another one, deletes nothing")
    func vouched() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            let xml = "<Delete><Object><Key>a</Key></Object></Delete>"
            #expect(try await delete(s3, xml, [:]).code == "InvalidRequest")
            let md5 = Base64.encode(Array(repeating: 1, count: 16))
            #expect(try await delete(s3, xml, [named("content-md5"): md5]).code == "BadDigest")
            #expect(try await delete(s3, xml, [named("x-amz-checksum-crc32"): "AAAAAA=="]).code == "BadDigest")
            var signed = SignableRequest(
                method: .post,
                host: S3Bench.host,
                target: "/imgn?delete",
                headers: [.contentLength: String(xml.utf8.count), named("x-amz-checksum-crc32"): "AAAAAA=="]
            )
            signed = s3.signer.sign(signed, payload: .digest(String(repeating: "0", count: 64)), at: S3Bench.date)
            #expect(try await s3.send(signed, body: BodyPieces(xml)).code == "XAmzContentSHA256Mismatch")
            #expect(try await s3.stored("a") != nil)
        }
    }

    @Test(
        "XML that is not a Delete is MalformedXML",
        arguments: [
            "", "<Delete></Delete>", "<Delete><Object></Object></Delete>", "<Remove/>",
            "<Delete><Object><Key>a</Key></Object>",
            "<Delete><Key>a</Key></Delete>", "<Delete><Object><Key>a</Key></Object></Delete><x/>",
            "<Delete><Object><Key><b/></Key></Object></Delete>", "<Delete>text<Object><Key>a</Key></Object></Delete>",
            "<!DOCTYPE d [<!ENTITY e \"a\">]><Delete><Object><Key>&e;</Key></Object></Delete>",
            "<Delete>" + String(repeating: "<Object><Key>k</Key></Object>", count: 1001) + "</Delete>",
            "<Delete><Object><Key>a</Key></Object></Delete>" + String(repeating: " ", count: 1 << 20),
        ]
    )
    func malformed(xml: String) async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            let answer = try await delete(s3, xml)
            #expect(answer.status == 400)
            #expect(answer.code == "MalformedXML")
            #expect(try await s3.stored("a") != nil)
        }
    }

    @Test("a thousand keys are fine")
    func thousand() async throws {
        try await S3Bench.with { s3 in
            let xml = "<Delete>" + (0..<1000).map { "<Object><Key>\($0)</Key></Object>" }.joined() + "</Delete>"
            let answer = try await delete(s3, xml)
            #expect(answer.elements("Deleted").count == 1000)
        }
    }

    @Test("a body longer or shorter than its length is IncompleteBody", arguments: ["5", "500"])
    func wrongLength(length: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(
                .post,
                "/imgn?delete",
                [.contentLength: length, named("x-amz-checksum-crc32"): "AAAAAA=="],
                body: "<Delete><Object><Key>a</Key></Object></Delete>"
            )
            #expect(answer.code == "IncompleteBody")
        }
    }
}
