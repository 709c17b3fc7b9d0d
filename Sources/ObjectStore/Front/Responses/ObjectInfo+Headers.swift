import HTTPTypes

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

    /// The verified checksum of the object, and that it covers the whole of it; empty when none was sent.
    var checksumHeaders: HTTPFields {
        var headers = HTTPFields()
        if let checksum {
            headers[named: checksum.algorithm.headerName] = checksum.base64
            headers[named: "x-amz-checksum-type"] = "FULL_OBJECT"
        }
        return headers
    }
}
