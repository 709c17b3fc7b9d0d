import Crypto

/// The chain of signatures over a chunked body: each covers its chunk and the signature before it.
struct ChunkSignatureChain: Sendable {
    private let key: SigningKey
    /// Date and scope, the two lines that all strings to sign share.
    private let context: [UInt8]
    /// The latest signature of the chain in 64 hexadecimal digits.
    private var previous: [UInt8]

    /// Starts a chain with the signature of the request head.
    init(key: SigningKey, date: SigningDate, scope: CredentialScope, seed: [UInt8]) {
        self.key = key
        previous = seed
        var context: [UInt8] = []
        date.appendBasic(to: &context)
        context.append(UInt8(ascii: "\n"))
        StringToSign.append(scope: scope, to: &context)
        self.context = context
    }

    /// Checks the signature of the next chunk.
    mutating func verify(chunk digest: SHA256Digest, signature: [UInt8]) throws(SigV4Error) {
        try verify("AWS4-HMAC-SHA256-PAYLOAD", hashes: [Self.emptyDigest, digest], signature: signature)
    }

    /// Checks the signature of the trailer, the last of the chain.
    mutating func verify(trailer digest: SHA256Digest, signature: [UInt8]) throws(SigV4Error) {
        try verify("AWS4-HMAC-SHA256-TRAILER", hashes: [digest], signature: signature)
    }

    private static let emptyDigest = SHA256.hash(data: [UInt8]())

    private mutating func verify(
        _ algorithm: String,
        hashes: [SHA256Digest],
        signature: [UInt8]
    ) throws(SigV4Error) {
        var text: [UInt8] = []
        text.reserveCapacity(320)
        StringToSign.append(algorithm, to: &text)
        text.append(contentsOf: context)
        text.append(contentsOf: previous)
        for hash in hashes {
            text.append(UInt8(ascii: "\n"))
            Hex.append(digest: hash, to: &text)
        }
        let expected = key.signature(of: text)
        guard constantTimeEqual(expected, signature) else {
            throw .chunkMismatch(stringToSign: text, provided: signature)
        }
        previous = expected
    }
}
