package import AWSTransport
import Crypto
package import NIOCore
import SigV4

/// The bytes of a write, and their SHA-256 when it is known.
package struct S3Body: Sendable {
    /// How many bytes there are.
    package let byteCount: Int64
    /// Their SHA-256, 32 bytes; `nil` when it was not known ahead.
    package let sha256: [UInt8]?
    let body: AWSBody
    /// Whether the signature binds the digest, too; it costs nothing.
    private var signsPayload = true

    private init(byteCount: Int64, sha256: [UInt8]?, body: AWSBody) {
        self.byteCount = byteCount
        self.sha256 = sha256
        self.body = body
    }

    /// No bytes at all.
    package static let empty = S3Body(byteCount: 0, sha256: Array(SHA256.hash(data: [UInt8]())), body: .none)

    /// Bytes in memory.
    ///
    /// - Parameters:
    ///   - buffer: The bytes.
    ///   - sha256: Their digest when it is known, or when a wrong one is to be claimed; else it is computed now.
    ///   - signsPayload: Whether the signature binds the digest, too; without, only the store's own check is left.
    /// - Returns: The body.
    package static func bytes(_ buffer: ByteBuffer, sha256: [UInt8]? = nil, signsPayload: Bool = true) -> S3Body {
        var body = S3Body(
            byteCount: Int64(buffer.readableBytes),
            sha256: sha256 ?? SHA256.digest(of: buffer),
            body: .bytes(buffer)
        )
        body.signsPayload = signsPayload
        return body
    }

    /// Bytes that are read as they are sent, again from the beginning for each attempt.
    ///
    /// - Parameters:
    ///   - byteCount: How many bytes there will be.
    ///   - sha256: Their digest, so that the store refuses any other bytes; `nil` sends them unprotected.
    ///   - open: Starts to read.
    /// - Returns: The body.
    package static func stream(
        byteCount: Int64,
        sha256: [UInt8]?,
        open: @escaping @Sendable () async throws -> AWSBodyReader
    ) -> S3Body {
        S3Body(byteCount: byteCount, sha256: sha256, body: .stream(byteCount: byteCount, open: open))
    }

    /// What the signature says of the bytes.
    var payload: PayloadHash {
        guard let sha256, signsPayload else { return .unsigned }
        return .digest(Self.hex(sha256))
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }, as: UTF8.self)
    }
}
