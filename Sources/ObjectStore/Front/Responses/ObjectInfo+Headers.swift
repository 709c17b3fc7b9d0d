import HTTPTypes
import S3XML

extension ObjectInfo {
    /// The headers of a GET or HEAD answer that describe the object, all but its length.
    ///
    /// - Parameter showsChecksum: Whether `x-amz-checksum-…` is among them, as `x-amz-checksum-mode: ENABLED` asks.
    /// - Returns: `Content-Type`, `ETag`, `Last-Modified` and what else was stored.
    func headers(showsChecksum: Bool) -> HTTPFields {
        var headers = metadata.headers
        headers[.eTag] = quotedETag
        headers[.lastModified] = ObjectTime(milliseconds: lastModified).httpDate
        headers[.acceptRanges] = "bytes"
        if showsChecksum { headers.append(contentsOf: checksumHeaders) }
        return headers
    }

    /// The ETag as it stands in headers and listings.
    var quotedETag: String { "\"\(etag)\"" }

    /// The verified checksum of the object, and what it covers; empty when it has none.
    var checksumHeaders: HTTPFields {
        var headers = HTTPFields()
        if let checksum, let checksumText {
            headers[named: checksum.algorithm.headerName] = checksumText
            headers[named: "x-amz-checksum-type"] = checksumType.rawValue
        }
        return headers
    }

    /// The checksum as it stands in headers and answers: that of parts has their number behind it.
    var checksumText: String? {
        guard let checksum else { return nil }
        guard checksumType == .composite, let parts else { return checksum.base64 }
        return "\(checksum.base64)-\(parts.count)"
    }

    /// Writes the checksum and its type as elements; nothing when it has none.
    func writeChecksum(to writer: inout XMLWriter) {
        guard let checksum, let checksumText else { return }
        writer.element(checksum.algorithm.elementName, checksumText)
        writer.element("ChecksumType", checksumType.rawValue)
    }
}

extension ChecksumAlgorithm {
    /// The element that carries the digest in base64: `ChecksumSHA256`.
    var elementName: String { "Checksum" + rawValue }
}
