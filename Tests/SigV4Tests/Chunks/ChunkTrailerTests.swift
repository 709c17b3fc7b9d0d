import HTTPTypes
import Testing

@testable import SigV4

@Suite("Trailers of chunked bodies")
struct ChunkTrailerTests {
    @Test("returns what was announced, in lower case and without blanks around")
    func accepted() throws {
        let trailers = try decode("X-Amz-Checksum-CRC32:  NhCmhg== \r\n\r\n", announced: ["x-amz-checksum-crc32"])
        #expect(trailers == ["x-amz-checksum-crc32=NhCmhg=="])
        #expect(try decode("a:1\r\nb:2:3\r\n\r\n", announced: ["B", "a"]) == ["a=1", "b=2:3"])
        #expect(try decode("\r\n", announced: []) == [])
    }

    @Test("some clients put an LF before the CRLF")
    func extraLineFeed() throws {
        #expect(try decode("a:1\n\r\n\r\n", announced: ["a"]) == ["a=1"])
    }

    @Test(
        "trailers other than the announced ones, or not written as such",
        arguments: [
            ("\r\n", ["a"]), ("b:1\r\n\r\n", ["a"]), ("a:1\r\nb:1\r\n\r\n", ["a"]), ("a:1\r\na:1\r\n\r\n", ["a"]),
            ("a:1\r\na:1\r\n\r\n", ["a", "b"]),
            ("a\r\n\r\n", ["a"]), (":1\r\n\r\n", ["a"]), ("a:1\r\n\r\n", ["a", "b"]), ("a:1\r\n\r\n", []),
            ("a:1\r\nx-amz-trailer-signature:00\r\n\r\n", ["a"]),
            ("x-amz-trailer-signature:00\r\na:1\r\n\r\n", ["a"]),
        ]
    )
    func refused(_ wire: String, _ announced: [String]) {
        let error = #expect(throws: SigV4Error.self) { try decode(wire, announced: announced) }
        #expect(error?.code == .malformedTrailerError)
        #expect(error?.status == 400)
    }

    @Test("trailers that are longer than the limit together")
    func limit() throws {
        let names = (0..<3).map { "trailer-\($0)" }
        let values = [4000, 4000, 192 - 30].map { String(repeating: "x", count: $0) }
        let lines = zip(names, values).map { "\($0):\($1)\r\n" }.joined()
        #expect(try decode("\(lines)\r\n", announced: names).count == 3)
        let error = #expect(throws: SigV4Error.self) {
            try decode(lines.replacing("trailer-2:", with: "trailer-2:x") + "\r\n", announced: names)
        }
        #expect(error == .malformedTrailer("the trailers are longer than 8192 bytes."))
    }

    @Test("a signed trailer needs its signature, behind all else and right", arguments: [0, 1, 2, 3])
    func signature(_ spoil: Int) throws {
        let vector = try #require(
            RequestVector.streaming.cases.first {
                $0.payload == "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" && $0.bodyBytes.isEmpty
            }
        )
        let wire = String(decoding: vector.wireBytes, as: UTF8.self)
        var lines = wire.split(separator: "\r\n").map(String.init)
        switch spoil {
        case 0: lines.removeLast()
        case 1: lines.swapAt(1, 2)
        case 2: lines[2] = lines[2].dropLast() + "x"
        default: lines[1] = "x-amz-checksum-crc32:AAAAAB=="
        }
        var decoder = try #require(try vector.decoder())
        let spoiled = lines.joined(separator: "\r\n") + "\r\n\r\n"
        let error = #expect(throws: SigV4Error.self) { try decoder.receive(ArraySlice(spoiled.utf8)) { _ in } }
        #expect(error?.code == (spoil < 2 ? .malformedTrailerError : .signatureDoesNotMatch))
    }

    /// Decodes an empty unsigned body with these trailer lines.
    private func decode(_ trailer: String, announced: [String]) throws -> [String] {
        let signed = RefusedRequest.signer.sign(
            SignableRequest(method: .put, host: "h", target: "/b/k"),
            payload: .streamingUnsignedTrailer,
            at: .example
        )
        let verified = try #require(try RefusedRequest.verifier.verify(signed, at: .example))
        var decoder = ChunkedPayloadDecoder(verifiedBy: verified, announcedTrailers: announced, decodedContentLength: 0)
        try decoder.receive(ArraySlice("0\r\n\(trailer)".utf8)) { _ in }
        return try decoder.finish().map { "\($0.name)=\($0.value)" }
    }
}
