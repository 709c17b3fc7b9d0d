import HTTPTypes
import Testing

@testable import SigV4

@Suite("Framing of chunked bodies")
struct ChunkFramingTests {
    @Test(
        "a size that is no hexadecimal number of 63 bits",
        arguments: ["", "x", "-1", "0x5", " 5", "5 ", "8000000000000000", "10000000000000000", "5\n", "５"]
    )
    func sizes(_ size: String) {
        #expect(refusal("\(size)\r\nhello\r\n0\r\n\r\n", length: 5) == .chunkSizeMalformed)
    }

    @Test("leading zeros and either case are fine in a size")
    func spelledSizes() throws {
        let data = String(repeating: "a", count: 10)
        for size in ["a", "A", "0000000000000000000000a", "a;x=y", "a;"] {
            #expect(refusal("\(size)\r\n\(data)\r\n0\r\n\r\n", length: 10) == nil)
        }
    }

    @Test("a chunk header line, whole or not, that is longer than the limit")
    func longLine() {
        let longest = "5;" + String(repeating: "x", count: ChunkedPayloadDecoder.lineLimit - 4)
        #expect(refusal("\(longest)\r\nhello\r\n0\r\n\r\n", length: 5) == nil)
        let error = refusal("\(longest)x\r\nhello\r\n0\r\n\r\n", length: 5)
        #expect(error == .incompleteBody("a line of its framing is longer than 8192 bytes."))
        #expect(refusal(String(repeating: "0", count: 8193), length: 5) == error)
    }

    @Test("more data than announced is refused at the chunk's header, before any of it")
    func tooMuch() {
        var passed = 0
        let error = refusal("6\r\nhello!\r\n0\r\n\r\n", length: 5) { passed += $0 }
        #expect(error?.code == .incompleteBody)
        #expect(passed == 0)
        #expect(refusal("7fffffffffffffff\r\n", length: 5)?.code == .incompleteBody)
        #expect(refusal("1\r\n", length: 0)?.code == .incompleteBody)
        #expect(refusal("1\r\n", length: -1)?.code == .incompleteBody)
        #expect(refusal("1\r\n", length: .min)?.code == .incompleteBody)
    }

    @Test("less data than announced is refused at the last chunk")
    func tooLittle() {
        #expect(refusal("5\r\nhello\r\n0\r\n\r\n", length: 6)?.code == .incompleteBody)
        #expect(refusal("0\r\n\r\n", length: 1)?.code == .incompleteBody)
        #expect(refusal("0\r\n\r\n", length: 0) == nil)
    }

    @Test("a small chunk with data behind it")
    func smallChunk() {
        let one = String(repeating: "a", count: 8191)
        let error = refusal("1fff\r\n\(one)\r\n1\r\na\r\n0\r\n\r\n", length: 8192)
        #expect(error == .chunkTooSmall(byteCount: 8191, minimum: 8192))
        #expect(error?.code == .invalidChunkSizeError)
        #expect(refusal("2000\r\n\(one)a\r\n1\r\na\r\n0\r\n\r\n", length: 8193) == nil)
    }

    @Test("data that goes on where its CRLF should be")
    func missingEnd() {
        #expect(refusal("5\r\nhelloX\r\n0\r\n\r\n", length: 5)?.code == .incompleteBody)
        #expect(refusal("5\r\nhello\n0\r\n\r\n", length: 5)?.code == .incompleteBody)
    }

    @Test("an empty body is incomplete")
    func nothing() {
        #expect(refusal("", length: 0)?.code == .incompleteBody)
    }

    @Test("a decoder that has refused refuses everything after, with the same words")
    func sticky() throws {
        var decoder = try Self.decoder(length: 5)
        let first = #expect(throws: SigV4Error.self) { try decoder.receive(ArraySlice("x\r\n".utf8)) { _ in } }
        let second = #expect(throws: SigV4Error.self) { try decoder.receive(ArraySlice("0\r\n\r\n".utf8)) { _ in } }
        let third = #expect(throws: SigV4Error.self) { try decoder.finish() }
        #expect(first == .chunkSizeMalformed)
        #expect(second == first)
        #expect(third == first)
    }

    @Test("signed chunks without a signature, or with one of another length")
    func signatures() throws {
        let vector = try #require(RequestVector.streaming.cases.first { $0.isSigned && $0.bodyBytes.isEmpty })
        for (header, code) in [
            ("0", SigV4Error.Code.incompleteBody), ("0;x=1", .incompleteBody),
            ("0;chunk-signature=", .signatureDoesNotMatch), ("0;chunk-signature=00", .signatureDoesNotMatch),
        ] {
            var decoder = try #require(try vector.decoder())
            let error = #expect(throws: SigV4Error.self) {
                try decoder.receive(ArraySlice("\(header)\r\n\r\n".utf8)) { _ in }
            }
            #expect(error?.code == code, "\(header)")
        }
    }

    @Test("random bytes never trap and never pass", arguments: 0..<4)
    func random(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let letters = Array("0123456789abcdefg;=\r\n:x-".utf8)
        for _ in 0..<500 {
            let count = Int.random(in: 0...60, using: &random)
            let bytes = (0..<count).map { _ in letters.randomElement(using: &random) ?? 0 }
            let text = String(decoding: bytes, as: UTF8.self)
            if refusal(text, length: 16) == nil { #expect(text.hasPrefix("10") || text.hasPrefix("0")) }
        }
    }

    private static func decoder(length: Int64, trailers: [String] = []) throws -> ChunkedPayloadDecoder {
        let signed = RefusedRequest.signer.sign(
            SignableRequest(method: .put, host: "h", target: "/b/k"),
            payload: .streamingUnsignedTrailer,
            at: .example
        )
        let verified = try #require(try RefusedRequest.verifier.verify(signed, at: .example))
        return ChunkedPayloadDecoder(verifiedBy: verified, announcedTrailers: trailers, decodedContentLength: length)
    }

    /// The error an unsigned body gets, `nil` when it is decoded; `passed` hears how many bytes come out.
    private func refusal(_ wire: String, length: Int64, passed: (Int) -> Void = { _ in }) -> SigV4Error? {
        do {
            var decoder = try Self.decoder(length: length)
            try decoder.receive(ArraySlice(wire.utf8)) { passed($0.count) }
            _ = try decoder.finish()
            return nil
        } catch {
            return error as? SigV4Error
        }
    }
}
