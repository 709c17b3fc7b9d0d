import AWSTransport
import HTTPTypes
import NIOCore
import S3XML

extension S3Client {
    /// Makes one object of an upload's parts.
    ///
    /// - Parameters:
    ///   - upload: Which upload.
    ///   - parts: Its parts, in ascending order; those not listed are dropped.
    ///   - condition: When to refuse.
    /// - Returns: What the store made of it; the tag may be missing.
    /// - Throws: ``AWSError``, also when the store says so inside a 200. After a lost answer the repeated request may
    ///   find the upload gone (``AWSTransport/AWSError/isNoSuchUpload``): look whether the object is there.
    @discardableResult
    package func completeMultipart(
        _ upload: MultipartUpload,
        _ parts: [UploadedPart],
        condition: WriteCondition = .none
    ) async throws -> WrittenObject {
        let document = XMLWriter.document("CompleteMultipartUpload") { writer in
            for part in parts { part.write(to: &writer) }
        }
        var headers: HTTPFields = [.contentType: "application/xml"]
        condition.write(to: &headers)
        let content = RequestContent(headers: headers, body: .bytes(ByteBuffer(string: document)))
        let request = request(.post, upload.location, query: ["uploadId": upload.id], content: content)
        return try WrittenObject(await self.document(request, root: "CompleteMultipartUploadResult"))
    }
}

extension UploadedPart {
    /// Writes the part into the completing document.
    fileprivate func write(to writer: inout XMLWriter) {
        writer.element("Part") { writer in
            writer.element("PartNumber", number)
            writer.element("ETag", etag.quoted)
            if let sha256 { writer.element("ChecksumSHA256", ObjectChecksum.base64(sha256)) }
        }
    }
}
