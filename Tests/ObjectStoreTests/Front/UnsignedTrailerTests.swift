import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

/// The form that today's SDKs send over https: nothing signed but the head, a checksum in the trailer.
@Suite("Chunked uploads with an unsigned trailer")
struct UnsignedTrailerTests {
    /// CRC-32 of "hello world".
    static let crc32 = "DUoRhQ=="

    private func upload(
        _ s3: S3Bench,
        trailer: String,
        announced: String? = "x-amz-checksum-crc32",
        decodedLength: String? = "11",
        headers: HTTPFields = [:]
    ) async throws -> S3Answer {
        let body = "b\r\nhello world\r\n0\r\n\(trailer)\r\n"
        var request = SignableRequest(method: .put, host: S3Bench.host, target: "/imgn/a", headers: headers)
        request.headers[.contentEncoding] = "aws-chunked"
        request.headers[named: "x-amz-decoded-content-length"] = decodedLength
        request.headers[named: "x-amz-trailer"] = announced
        let signed = s3.signer.sign(request, payload: .streamingUnsignedTrailer, at: S3Bench.date)
        return try await s3.send(signed, body: BodyPieces(Array(body.utf8), by: 3))
    }

    @Test("a right trailer is stored, with Transfer-Encoding instead of a length")
    func right() async throws {
        try await S3Bench.with { s3 in
            let answer = try await upload(s3, trailer: "x-amz-checksum-crc32:\(Self.crc32)\r\n")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["x-amz-checksum-crc32"] == Self.crc32)
            #expect(answer["etag"] == "\"5eb63bbbe01eeed093cb22bb8f5acdc3\"")
            #expect(try await s3.call(.get, "/imgn/a").text == "hello world")
        }
    }

    @Test(
        "a wrong, unreadable, missing or unannounced trailer is refused and nothing is stored",
        arguments: [
            ("x-amz-checksum-crc32:AAAAAA==\r\n", "BadDigest"), ("x-amz-checksum-crc32:AAAA\r\n", "InvalidRequest"),
            ("", "MalformedTrailerError"), ("x-amz-checksum-sha1:AAAA\r\n", "MalformedTrailerError"),
        ]
    )
    func wrong(trailer: String, code: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await upload(s3, trailer: trailer)
            #expect(answer.status == 400)
            #expect(answer.code == code)
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test(
        "a decoded length that is missing or wrong is refused",
        arguments: [
            (nil, "MissingContentLength"), ("12", "IncompleteBody"), ("10", "IncompleteBody"),
            ("-1", "InvalidArgument"),
        ]
            as [(String?, String)]
    )
    func length(decodedLength: String?, code: String) async throws {
        try await S3Bench.with { s3 in
            let trailer = "x-amz-checksum-crc32:\(Self.crc32)\r\n"
            let answer = try await upload(s3, trailer: trailer, decodedLength: decodedLength)
            #expect(answer.code == code)
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test(
        "a trailer that is no checksum, or two of them, cannot be announced",
        arguments: ["x-amz-meta-a", "x-amz-checksum-crc32, x-amz-checksum-sha1"]
    )
    func announced(names: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await upload(s3, trailer: "", announced: names)
            #expect(answer.code == "InvalidRequest")
        }
    }

    @Test("a checksum in a header and another in the trailer are one too many")
    func headerAndTrailer() async throws {
        try await S3Bench.with { s3 in
            let trailer = "x-amz-checksum-crc32:\(Self.crc32)\r\n"
            let headers: HTTPFields = [named("x-amz-checksum-crc32"): Self.crc32]
            let answer = try await upload(s3, trailer: trailer, headers: headers)
            #expect(answer.code == "InvalidRequest")
            #expect(try await s3.stored("a") == nil)
        }
    }
}
