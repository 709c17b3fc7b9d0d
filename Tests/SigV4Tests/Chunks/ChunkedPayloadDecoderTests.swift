import Testing

@testable import SigV4

@Suite("Chunked bodies")
struct ChunkedPayloadDecoderTests {
    @Test("decodes a body in one piece", arguments: RequestVector.streaming.cases)
    func whole(_ vector: RequestVector) throws {
        try decode(vector, pieces: [vector.wireBytes[...]])
    }

    @Test("decodes a body byte by byte", arguments: RequestVector.streaming.cases)
    func bytewise(_ vector: RequestVector) throws {
        let wire = vector.wireBytes
        try decode(vector, pieces: wire.indices.map { wire[$0...$0] })
    }

    @Test("decodes a body cut anywhere", arguments: RequestVector.streaming.cases)
    func cuts(_ vector: RequestVector) throws {
        var random = SeededGenerator(seed: 7)
        let wire = vector.wireBytes
        for _ in 0..<10 {
            var rest = wire[...]
            var pieces: [ArraySlice<UInt8>] = []
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 0...300, using: &random))
                pieces.append(piece)
                rest = rest.dropFirst(piece.count)
            }
            try decode(vector, pieces: pieces)
        }
    }

    @Test("a body that is cut off at any byte is incomplete", arguments: RequestVector.streaming.cases)
    func truncated(_ vector: RequestVector) throws {
        let wire = vector.wireBytes
        let fresh = try #require(try vector.decoder())
        for end in Self.framing(of: wire) {
            var decoder = fresh
            try decoder.receive(wire[..<end]) { _ in }
            let error = #expect(throws: SigV4Error.self) { try decoder.finish() }
            #expect(error?.code == .incompleteBody, "cut at \(end)")
        }
    }

    @Test("a body with a byte behind its end", arguments: RequestVector.streaming.cases)
    func excess(_ vector: RequestVector) throws {
        var decoder = try #require(try vector.decoder())
        let error = #expect(throws: SigV4Error.self) {
            try decoder.receive((vector.wireBytes + [0])[...]) { _ in }
        }
        #expect(error?.code == .incompleteBody)
    }

    @Test("signed bodies refuse every byte changed", arguments: RequestVector.streaming.cases.filter(\.isSigned))
    func tampered(_ vector: RequestVector) throws {
        let wire = vector.wireBytes
        let fresh = try #require(try vector.decoder())
        for position in Self.framing(of: wire) {
            var changed = wire
            changed[position] ^= 0x01
            var decoder = fresh
            #expect(throws: SigV4Error.self, "byte \(position)") {
                try decoder.receive(changed[...]) { _ in }
                _ = try decoder.finish()
            }
        }
    }

    @Test("signed bodies refuse chunks swapped, dropped or doubled")
    func rearranged() throws {
        let vector = try #require(RequestVector.streaming.cases.first { $0.isSigned && $0.bodyBytes.count > 8192 })
        let wire = vector.wireBytes
        let first = wire[..<(8192 + 4 + 17 + 64 + 4)]
        let second = wire[first.endIndex..<(first.endIndex + 1000 + 3 + 17 + 64 + 4)]
        let last = wire[second.endIndex...]
        for pieces in [[second, first, last], [first, last], [first, first, last], [last]] {
            var decoder = try #require(try vector.decoder())
            #expect(throws: SigV4Error.self) {
                for piece in pieces { try decoder.receive(piece) { _ in } }
                _ = try decoder.finish()
            }
        }
    }

    @Test("a chain that starts from another request's signature is refused")
    func otherSeed() throws {
        let signed = RequestVector.streaming.cases.filter { $0.payload == "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" }
        let one = try #require(signed.first { $0.bodyBytes.count == 5 })
        let other = try #require(signed.first { $0.bodyBytes.isEmpty })
        let verified = try #require(try other.verifier.verify(other.request, at: .example))
        var decoder = ChunkedPayloadDecoder(verifiedBy: verified, announcedTrailers: [], decodedContentLength: 5)
        let error = #expect(throws: SigV4Error.self) { try decoder.receive(one.wireBytes[...]) { _ in } }
        #expect(error?.code == .signatureDoesNotMatch)
        #expect(error?.detail("StringToSign")?.hasPrefix("AWS4-HMAC-SHA256-PAYLOAD\n20250102T030405Z\n") == true)
    }

    /// Every byte of the framing, and some of the data.
    private static func framing(of wire: [UInt8]) -> [Int] {
        let secondHeader = 8192 + 88
        return wire.indices.filter { position in
            position < 100 || position > wire.count - 260 || abs(position - secondHeader) < 100 || position % 509 == 0
        }
    }

    private func decode(_ vector: RequestVector, pieces: [ArraySlice<UInt8>]) throws {
        var decoder = try #require(try vector.decoder())
        var data: [UInt8] = []
        for piece in pieces {
            try decoder.receive(piece) { data += $0 }
        }
        let trailers = try decoder.finish()
        #expect(data == vector.bodyBytes)
        #expect(trailers.map { [$0.name, $0.value] } == vector.trailers)
    }
}

extension RequestVector {
    /// Whether the chunks are signed.
    var isSigned: Bool { payload.hasPrefix("STREAMING-AWS4") }
}
