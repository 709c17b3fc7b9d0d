import Testing

@testable import SigV4

@Suite("Chunked bodies as AWS published them")
struct PublishedChunksTests {
    @Test("signed chunks: 65,536 and 1,024 letters")
    func signed() throws {
        let prefix = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
        var decoder = try #require(try Self.decoder(prefix, trailers: []))
        let wire = try Self.wire(prefix) + Array("\r\n".utf8)
        #expect(try decode(wire, with: &decoder) == 66_560)
        #expect(try decoder.finish().isEmpty)
    }

    @Test("signed chunks with a signed trailer")
    func signedTrailer() throws {
        let prefix = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
        let signature = try #require(PublishedVector.named("\(prefix) trailer")).signature
        let line = "x-amz-checksum-crc32c:sOO8/Q=="
        // The last one is how AWS's page and some clients write it: an LF before the CRLF.
        for end in ["\r\n", " \r\n", "\n\r\n"] {
            var decoder = try #require(try Self.decoder(prefix, trailers: ["x-amz-checksum-crc32c"]))
            let trailer = "\(line)\(end)x-amz-trailer-signature:\(signature)\r\n\r\n"
            #expect(try decode(Self.wire(prefix) + Array(trailer.utf8), with: &decoder) == 66_560)
            let trailers = try decoder.finish()
            #expect(trailers.map(\.name) == ["x-amz-checksum-crc32c"])
            #expect(trailers.map(\.value) == ["sOO8/Q=="])
        }
    }

    private static func decoder(_ prefix: String, trailers: [String]) throws -> ChunkedPayloadDecoder? {
        guard let verified = try PublishedVector.named("\(prefix) seed")?.verified() else { return nil }
        return ChunkedPayloadDecoder(
            verifiedBy: verified,
            announcedTrailers: trailers,
            decodedContentLength: 66_560
        )
    }

    /// The published body up to the end of the last chunk's header line.
    private static func wire(_ prefix: String) throws -> [UInt8] {
        var wire: [UInt8] = []
        for (number, size) in [(1, 65_536), (2, 1024), (3, 0)] {
            let signature = try #require(PublishedVector.named("\(prefix) chunk \(number)")).signature
            wire += Array("\(String(size, radix: 16));chunk-signature=\(signature)\r\n".utf8)
            wire += [UInt8](repeating: UInt8(ascii: "a"), count: size)
            wire += size > 0 ? Array("\r\n".utf8) : []
        }
        return wire
    }

    private func decode(_ wire: [UInt8], with decoder: inout ChunkedPayloadDecoder) throws -> Int {
        var count = 0
        try decoder.receive(wire[...]) { data in
            #expect(data.allSatisfy { $0 == UInt8(ascii: "a") })
            count += data.count
        }
        return count
    }
}
