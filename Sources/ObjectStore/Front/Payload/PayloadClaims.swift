import HTTPEdge
import HTTPTypes
import NIOCore
import SigV4

/// What a request says its body is: how many bytes, and which digests.
///
/// The body must turn out so, or nothing happens.
struct PayloadClaims: Sendable {
    /// The object's size, without any framing.
    let byteCount: Int64
    /// `Content-MD5`, 16 bytes.
    let contentMD5: [UInt8]?
    /// The SHA-256 that the signature binds (`x-amz-content-sha256`), 32 bytes.
    let payloadSHA256: [UInt8]?
    /// The one `x-amz-checksum-…`, from a header or the signed query.
    let checksum: Checksum?
    /// The checksum that `x-amz-trailer` announces to follow the body.
    let trailingChecksum: ChecksumAlgorithm?

    /// Reads the claims of a request.
    /// - Throws: `MissingContentLength`, `InvalidDigest`, `InvalidArgument` or `InvalidRequest`.
    init(_ request: S3Request) throws(S3Error) {
        byteCount = try Self.byteCount(request)
        contentMD5 = try Self.contentMD5(request.headers)
        payloadSHA256 = request.verified.payload.digestBytes
        checksum = try Self.checksum(request)
        trailingChecksum = try Self.trailingChecksum(request)
        if checksum != nil, trailingChecksum != nil { throw .severalChecksums }
        try checkNamedAlgorithm(request.headers)
    }

    /// Reads the claims of a request whose `x-amz-checksum-` headers speak of an object, not of its body: completing an
    /// upload.
    /// - Throws: `MissingContentLength`, `InvalidDigest` or `InvalidArgument`.
    init(ofDocument request: S3Request) throws(S3Error) {
        byteCount = try Self.byteCount(request)
        contentMD5 = try Self.contentMD5(request.headers)
        payloadSHA256 = request.verified.payload.digestBytes
        checksum = nil
        trailingChecksum = nil
    }

    /// The algorithm of the checksum, wherever it stands.
    var checksumAlgorithm: ChecksumAlgorithm? {
        checksum?.algorithm ?? trailingChecksum
    }

    /// Compares a whole body with the claims, for operations that do not stream it into the store.
    /// - Parameters:
    ///   - body: The bytes, framing undone.
    ///   - trailers: What came after them.
    /// - Throws: `BadDigest`, `XAmzContentSHA256Mismatch`, or `InvalidRequest` for an unreadable trailer.
    func check(_ body: ByteBuffer, trailers: [(name: String, value: String)]) throws(S3Error) {
        let expected = try checksum(with: trailers)
        var digests = BodyDigests(computesMD5: contentMD5 != nil, checksum: expected?.algorithm)
        digests.update(body)
        if let payloadSHA256, payloadSHA256 != digests.sha256Bytes {
            throw refusal(DigestMismatch(kind: .payloadHash, computed: digests.sha256Bytes))
        }
        if let contentMD5, contentMD5 != digests.md5Bytes {
            throw refusal(DigestMismatch(kind: .contentMD5, computed: digests.md5Bytes ?? []))
        }
        if let expected, expected != digests.checksum(expected.algorithm) {
            throw .badChecksum(expected.algorithm)
        }
    }

    /// The checksum to expect once the body and what follows it were read.
    /// - Throws: `InvalidRequest` when the announced trailer is missing or is no such checksum.
    func checksum(with trailers: [(name: String, value: String)]) throws(S3Error) -> Checksum? {
        guard let trailingChecksum else { return checksum }
        let value = trailers.first { $0.name == trailingChecksum.headerName }?.value ?? ""
        guard let checksum = Checksum(algorithm: trailingChecksum, base64: value) else {
            throw .invalidRequest("Value for \(trailingChecksum.headerName) trailing header is invalid.")
        }
        return checksum
    }

    /// The refusal for a body that is not the one claimed.
    func refusal(_ mismatch: DigestMismatch) -> S3Error {
        switch mismatch.kind {
        case .contentMD5:
            .badContentMD5(expected: Base64.encode(contentMD5 ?? []), calculated: Base64.encode(mismatch.computed))
        case .checksum(let algorithm):
            .badChecksum(algorithm)
        case .payloadHash:
            .payloadHashMismatch(claimed: hexadecimal(payloadSHA256 ?? []), computed: hexadecimal(mismatch.computed))
        }
    }
}

// MARK: Reading them

extension PayloadClaims {
    private static func byteCount(_ request: S3Request) throws(S3Error) -> Int64 {
        let name = request.verified.payload.isStreaming ? "x-amz-decoded-content-length" : "content-length"
        guard let value = request.headers[named: name] else { throw .missingContentLength }
        guard value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let count = Int64(value)
        else { throw .invalidArgument(name, value, "The length must be a number of bytes.") }
        return count
    }

    /// `Content-MD5`, 16 bytes.
    /// - Throws: `InvalidDigest`.
    static func contentMD5(_ headers: HTTPFields) throws(S3Error) -> [UInt8]? {
        guard let value = headers[named: "content-md5"] else { return nil }
        guard let bytes = Base64.decode(value), bytes.count == 16 else { throw .invalidDigest(value) }
        return bytes
    }

    /// The one `x-amz-checksum-…` of a request or form.
    /// - Throws: `InvalidRequest` for one that cannot be, or for several.
    static func checksum(_ request: some RequestSettings) throws(S3Error) -> Checksum? {
        var found: Checksum?
        for (name, value) in request.amz(startingWith: "x-amz-checksum-") where !settings.contains(name) {
            guard let algorithm = ChecksumAlgorithm(headerName: name),
                let checksum = Checksum(algorithm: algorithm, base64: value)
            else { throw .invalidChecksum(header: name) }
            guard found == nil || found == checksum else { throw .severalChecksums }
            found = checksum
        }
        return found
    }

    private static func trailingChecksum(_ request: S3Request) throws(S3Error) -> ChecksumAlgorithm? {
        let names = request.announcedTrailers
        guard let name = names.first else { return nil }
        guard names.count == 1 else { throw .severalChecksums }
        guard request.verified.payload.hasTrailer, let algorithm = ChecksumAlgorithm(headerName: name) else {
            throw .invalidRequest("The value specified in the x-amz-trailer header is not supported.")
        }
        return algorithm
    }

    private func checkNamedAlgorithm(_ headers: HTTPFields) throws(S3Error) {
        guard let named = headers[named: "x-amz-sdk-checksum-algorithm"] else { return }
        guard let algorithm = checksumAlgorithm else {
            throw .invalidRequest(
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer "
                    + "headers were found."
            )
        }
        guard named.uppercased() == algorithm.rawValue else {
            throw .invalidChecksum(header: "x-amz-sdk-checksum-algorithm")
        }
    }

    /// Names that begin like a checksum's and are none.
    private static let settings: Set<String> = [
        "x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type",
    ]
}

extension S3Request {
    /// The names in `x-amz-trailer`, lower case.
    var announcedTrailers: [String] {
        HeaderList.members(of: headers[named: "x-amz-trailer"] ?? "").map { $0.lowercased() }
    }
}

extension ChecksumAlgorithm {
    /// The algorithm whose header has this lower-case name.
    init?(headerName: String) {
        guard let algorithm = Self.allCases.first(where: { $0.headerName == headerName }) else { return nil }
        self = algorithm
    }
}

extension PayloadHash {
    /// Whether lines may follow the body's last chunk.
    var hasTrailer: Bool {
        self == .streamingSignedTrailer || self == .streamingUnsignedTrailer
    }

    /// The 32 bytes of a signed digest.
    var digestBytes: [UInt8]? {
        guard case .digest(let hex) = self else { return nil }
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).map { index in
            UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) ?? 0
        }
    }
}
