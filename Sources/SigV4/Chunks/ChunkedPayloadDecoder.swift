import Crypto

/// Takes the `aws-chunked` framing off a body, and checks the chunks' signatures where the request promises them.
///
/// A state machine without I/O. It holds no data: chunk bytes are passed on as they come, and a chunk's signature is
/// checked when its last byte was passed on. So the receiver must not make the object visible before ``finish()`` has
/// returned. Once it has refused, it refuses for ever.
public struct ChunkedPayloadDecoder: Sendable {
    /// The most bytes of one chunk header line, and of all trailer lines together.
    static let lineLimit = 8192

    /// The fewest bytes of a chunk that is not the last.
    static let minimumChunkSize: Int64 = 8192

    private enum State {
        case chunkHeader
        case chunkData(remaining: Int64)
        case chunkEnd
        case trailer
        case ended
        case failed(SigV4Error)
    }

    /// The chain of chunk signatures, `nil` where chunks are not signed.
    private var chain: ChunkSignatureChain?
    private let hasSignedTrailer: Bool
    private var trailers: ChunkTrailers
    private let decodedContentLength: Int64

    private var state = State.chunkHeader
    private var line = LineReader(limit: Self.lineLimit)
    private var trailerByteCount = 0
    private var decodedByteCount: Int64 = 0
    private var lastChunkSize = Self.minimumChunkSize
    private var hasher = SHA256()
    private var chunkSignature: [UInt8] = []

    /// Makes a decoder for the body of a verified request whose payload is one of the streaming forms.
    ///
    /// - Parameters:
    ///   - request: The verified head; its signature starts the chain.
    ///   - announcedTrailers: The names in the head's `x-amz-trailer`; exactly these must come.
    ///   - decodedContentLength: The head's `x-amz-decoded-content-length`: the bytes of data without framing.
    public init(verifiedBy request: VerifiedRequest, announcedTrailers: [String], decodedContentLength: Int64) {
        let isSigned = request.payload == .streamingSigned || request.payload == .streamingSignedTrailer
        chain = isSigned ? request.chunkSeed : nil
        hasSignedTrailer = request.payload == .streamingSignedTrailer
        trailers = ChunkTrailers(announced: announcedTrailers)
        self.decodedContentLength = decodedContentLength
    }

    /// Takes the next bytes of the body.
    ///
    /// - Parameters:
    ///   - bytes: Bytes as they were on the wire, cut anywhere.
    ///   - output: Gets the decoded data, as slices of `bytes`.
    /// - Throws: ``SigV4Error`` as soon as the body cannot be right any more.
    public mutating func receive(
        _ bytes: ArraySlice<UInt8>,
        into output: (ArraySlice<UInt8>) -> Void
    ) throws(SigV4Error) {
        var rest = bytes
        while !rest.isEmpty {
            do throws(SigV4Error) {
                try step(&rest, into: output)
            } catch {
                state = .failed(error)
                throw error
            }
        }
    }

    /// Ends the body.
    ///
    /// - Returns: The trailers, lower-case name and value, in their order on the wire.
    /// - Throws: ``SigV4Error`` when the body was cut off or refused before.
    public mutating func finish() throws(SigV4Error) -> [(name: String, value: String)] {
        switch state {
        case .ended: return trailers.items
        case .failed(let error): throw error
        case .chunkHeader, .chunkData, .chunkEnd, .trailer:
            let error = SigV4Error.incompleteBody(
                "it ended after \(decodedByteCount) of \(decodedContentLength) bytes, before its last chunk was whole."
            )
            state = .failed(error)
            throw error
        }
    }
}

extension ChunkedPayloadDecoder {
    private mutating func step(
        _ rest: inout ArraySlice<UInt8>,
        into output: (ArraySlice<UInt8>) -> Void
    ) throws(SigV4Error) {
        switch state {
        case .chunkHeader:
            if let line = try readLine(&rest) { try begin(ChunkHeader(line)) }
        case .chunkData(let remaining):
            try pass(&rest, remaining: remaining, into: output)
        case .chunkEnd:
            if let line = try readLine(&rest) {
                guard line.isEmpty else { throw .incompleteBody("a chunk is longer than its header says.") }
                state = .chunkHeader
            }
        case .trailer:
            if let line = try readLine(&rest) { try endTrailerLine(line) }
        case .ended:
            throw .incompleteBody("there are bytes behind its end.")
        case .failed(let error):
            throw error
        }
    }

    private mutating func readLine(_ rest: inout ArraySlice<UInt8>) throws(SigV4Error) -> [UInt8]? {
        switch line.read(from: &rest) {
        case .line(let line): return line
        case .incomplete: return nil
        case .tooLong: throw .incompleteBody("a line of its framing is longer than \(Self.lineLimit) bytes.")
        }
    }

    private mutating func begin(_ header: ChunkHeader) throws(SigV4Error) {
        if chain != nil {
            guard let signature = header.signature else { throw .incompleteBody("a chunk has no chunk-signature.") }
            chunkSignature = signature
            hasher = SHA256()
        }
        guard header.size > 0 else { return try endData() }
        guard lastChunkSize >= Self.minimumChunkSize else {
            throw .chunkTooSmall(byteCount: lastChunkSize, minimum: Self.minimumChunkSize)
        }
        guard header.size <= decodedContentLength - decodedByteCount else {
            throw .incompleteBody("it has more data than the \(decodedContentLength) bytes announced.")
        }
        lastChunkSize = header.size
        state = .chunkData(remaining: header.size)
    }

    private mutating func pass(
        _ rest: inout ArraySlice<UInt8>,
        remaining: Int64,
        into output: (ArraySlice<UInt8>) -> Void
    ) throws(SigV4Error) {
        let data = rest.prefix(Int(clamping: remaining))
        rest = rest.dropFirst(data.count)
        if chain != nil { hasher.update(data: data) }
        decodedByteCount += Int64(data.count)
        output(data)
        let left = remaining - Int64(data.count)
        guard left == 0 else {
            state = .chunkData(remaining: left)
            return
        }
        try chain?.verify(chunk: hasher.finalize(), signature: chunkSignature)
        state = .chunkEnd
    }

    /// The chunk of size 0 came: all data must be there.
    private mutating func endData() throws(SigV4Error) {
        guard decodedByteCount == decodedContentLength else {
            throw .incompleteBody("it has \(decodedByteCount) of the \(decodedContentLength) bytes announced.")
        }
        try chain?.verify(chunk: hasher.finalize(), signature: chunkSignature)
        state = .trailer
    }

    /// A line behind the last chunk came; the empty one ends the body.
    private mutating func endTrailerLine(_ line: [UInt8]) throws(SigV4Error) {
        guard line.isEmpty else {
            trailerByteCount += line.count
            guard trailerByteCount <= Self.lineLimit else {
                throw .malformedTrailer("the trailers are longer than \(Self.lineLimit) bytes.")
            }
            return try trailers.append(line)
        }
        try trailers.checkComplete()
        if hasSignedTrailer {
            guard let signature = trailers.signature else {
                throw .malformedTrailer("x-amz-trailer-signature is missing.")
            }
            try chain?.verify(trailer: trailers.digest, signature: signature)
        } else if trailers.signature != nil {
            throw .malformedTrailer("x-amz-trailer-signature was not announced.")
        }
        state = .ended
    }
}
