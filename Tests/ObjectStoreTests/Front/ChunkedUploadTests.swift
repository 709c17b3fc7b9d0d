import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

/// `aws-chunked` bodies through the front; the signed ones are AWS's published examples (s3.md §9.3).
@Suite("Chunked uploads")
struct ChunkedUploadTests {
    static let date = SigningDate(secondsSince1970: 1_369_353_600)  // 2013-05-24T00:00:00Z
    static let content = Array(repeating: UInt8(ascii: "a"), count: 66_560)

    /// AWS's example request, path-style as it was published.
    static func published(_ payload: PayloadHash, signature: String) -> SignableRequest {
        let trailing = payload == .streamingSignedTrailer
        let headers: [(String, String)] = [
            ("content-encoding", "aws-chunked"),
            ("x-amz-content-sha256", payload.headerValue), ("x-amz-date", "20130524T000000Z"),
            ("x-amz-decoded-content-length", "66560"), ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            trailing ? ("x-amz-trailer", "x-amz-checksum-crc32c") : ("content-length", "66824"),
        ]
        var request = SignableRequest(
            method: .put,
            host: "s3.amazonaws.com",
            target: "/examplebucket/chunkObject.txt"
        )
        for (name, value) in headers { request.headers[named: name] = value }
        let names = (headers.map(\.0) + ["host"]).sorted().joined(separator: ";")
        request.headers[.authorization] =
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            + "SignedHeaders=\(names),Signature=\(signature)"
        return request
    }

    /// The three chunks of the examples, 65,536, 1024 and 0 bytes of `a`, with their signatures.
    static func chunks(_ signatures: [String]) -> [UInt8] {
        var body: [UInt8] = []
        for (size, signature) in zip([65_536, 1024, 0], signatures) {
            body += Array("\(String(size, radix: 16));chunk-signature=\(signature)\r\n".utf8)
            body += content.prefix(size)
            if size > 0 { body += Array("\r\n".utf8) }
        }
        return body
    }

    static let signed =
        chunks([
            "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
            "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
            "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
        ]) + Array("\r\n".utf8)

    static let signedRequest = published(
        .streamingSigned,
        signature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"
    )

    static func withExampleBucket(_ test: (S3Bench) async throws -> Void) async throws {
        try await S3Bench.with(buckets: ["examplebucket"]) { s3 in
            s3.clock.now = date
            try await test(s3)
        }
    }

    @Test("AWS's signed chunks are stored without their framing, cut anywhere on the wire", arguments: [1000, 65_536])
    func signedChunks(size: Int) async throws {
        try await Self.withExampleBucket { s3 in
            let answer = try await s3.send(Self.signedRequest, body: BodyPieces(Self.signed, by: size))
            #expect(answer.status == 200, "\(answer.text)")
            let info = try #require(try await s3.stored("chunkObject.txt"))
            #expect(info.byteCount == 66_560)
            #expect(info.metadata.contentEncoding == nil)
        }
    }

    @Test(
        "one byte changed in a signed chunk is SignatureDoesNotMatch, and nothing is stored",
        arguments: [200, 66_000]
    )
    func changedByte(offset: Int) async throws {
        try await Self.withExampleBucket { s3 in
            var body = Self.signed
            body[offset] ^= 1
            let answer = try await s3.send(Self.signedRequest, body: BodyPieces(body))
            #expect(answer.status == 403)
            #expect(answer.code == "SignatureDoesNotMatch")
            #expect(try await s3.stored("chunkObject.txt") == nil)
        }
    }

    @Test("a signed body that ends before its last chunk is IncompleteBody", arguments: [66_000, 66_700])
    func cut(length: Int) async throws {
        try await Self.withExampleBucket { s3 in
            let answer = try await s3.send(Self.signedRequest, body: BodyPieces(Array(Self.signed.prefix(length))))
            #expect(answer.status == 400)
            #expect(answer.code == "IncompleteBody")
            #expect(try await s3.stored("chunkObject.txt") == nil)
        }
    }

    @Test("AWS's signed trailer is checked and its checksum kept")
    func signedTrailer() async throws {
        try await Self.withExampleBucket { s3 in
            let chunks = Self.chunks([
                "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
            ])
            let trailer =
                "x-amz-checksum-crc32c:sOO8/Q==\r\n"
                + "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n"
            let request = Self.published(
                .streamingSignedTrailer,
                signature: "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"
            )
            let answer = try await s3.send(request, body: BodyPieces(chunks + Array(trailer.utf8)))
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["x-amz-checksum-crc32c"] == "sOO8/Q==")
            #expect(try await s3.stored("chunkObject.txt")?.checksum?.algorithm == .crc32c)
        }
    }
}
