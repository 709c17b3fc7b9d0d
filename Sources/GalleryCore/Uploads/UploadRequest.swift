/// What someone says of a file before sending it.
package struct UploadRequest: Hashable, Sendable {
    package let name: FileName
    /// The media type the bytes will be sent with.
    ///
    /// Only a label: the bytes decide what the file is.
    package let mediaType: String
    package let byteCount: Int64
    /// For one PUT the SHA-256 of the bytes; for an upload in parts the content digest, when the sender knows it.
    package let digest: ContentDigest?

    /// Takes what a client says.
    ///
    /// - Parameters:
    ///   - name: What the file is called.
    ///   - mediaType: What the client takes it for.
    ///   - byteCount: Its size.
    ///   - sha256: Its digest in base64; may be left out above the single-PUT limit.
    /// - Throws: `invalidRequest` when size or digest make no sense.
    package init(name: String, mediaType: String, byteCount: Int64, sha256: String?) throws(GalleryError) {
        guard byteCount > 0 else {
            throw .invalidRequest(
                "`size` must be the file's number of bytes, 1 or more. An empty file cannot be shared."
            )
        }
        let digest = sha256.flatMap(ContentDigest.init(base64:))
        let mayBeMissing = sha256 == nil && byteCount > ContentDigest.maximumSingleByteCount
        guard digest != nil || mayBeMissing else {
            throw .invalidRequest("`sha256` must be the SHA-256 of the file in base64: 44 characters that end in `=`.")
        }
        self.init(name: FileName(name), mediaType: mediaType, byteCount: byteCount, digest: digest)
    }

    /// Takes what is known to make sense; an unusable media type becomes `application/octet-stream`.
    package init(name: FileName, mediaType: String, byteCount: Int64, digest: ContentDigest?) {
        self.name = name
        self.mediaType = Self.presentable(mediaType)
        self.byteCount = byteCount
        self.digest = digest
    }

    /// The media type, or `application/octet-stream` for what is none.
    static func presentable(_ mediaType: String) -> String {
        isMediaType(mediaType) ? mediaType : "application/octet-stream"
    }

    /// `type/subtype` of RFC 9110 tokens, without parameters, at most 127 characters.
    private static func isMediaType(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count == 2 && text.utf8.count <= 127
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isToken) }
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$&-^_.+".utf8.contains(byte)
        }
    }
}
