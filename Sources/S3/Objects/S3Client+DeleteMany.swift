import AWSTransport
import Crypto
import HTTPTypes
import NIOCore
import S3XML

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension S3Client {
    /// The most keys that S3 takes in one request.
    package static let keysPerDeletion = 1000

    /// Removes many objects, up to 1000 in a request; those that are not there are removed already.
    ///
    /// - Parameters:
    ///   - keys: Which; a key that XML cannot spell is removed by a request of its own.
    ///   - bucket: In which bucket.
    /// - Returns: Those that could not be removed, and why.
    /// - Throws: ``AWSError`` when a whole request fails; earlier requests have been carried out then.
    package func deleteObjects(_ keys: [S3Key], in bucket: S3Bucket) async throws -> [FailedDeletion] {
        for key in keys where !key.fitsXML { try await deleteObject(S3Location(bucket: bucket, key: key)) }
        let keys = keys.filter(\.fitsXML)
        var failures: [FailedDeletion] = []
        for start in stride(from: 0, to: keys.count, by: Self.keysPerDeletion) {
            let page = keys[start..<min(start + Self.keysPerDeletion, keys.count)]
            failures += try await deletePage(page, in: bucket)
        }
        return failures
    }

    private func deletePage(_ keys: ArraySlice<S3Key>, in bucket: S3Bucket) async throws -> [FailedDeletion] {
        let document = XMLWriter.document("Delete") { writer in
            writer.element("Quiet", true)
            for key in keys { writer.element("Object") { $0.element("Key", key.rawValue) } }
        }
        let buffer = ByteBuffer(string: document)
        var headers: HTTPFields = [.contentType: "application/xml"]
        // Not every store takes a checksum instead.
        headers[.contentMD5] = Data(Insecure.MD5.digest(of: buffer)).base64EncodedString()
        let content = RequestContent(headers: headers, body: .bytes(buffer))
        let request = request(.post, bucket, query: ["delete": ""], content: content)
        return try await self.document(request, root: "DeleteResult").all("Error").map(FailedDeletion.init)
    }
}

/// An object that could not be removed, and why.
package struct FailedDeletion: Hashable, Sendable {
    /// The key as the store gave it.
    package let key: String
    /// The store's code, such as `AccessDenied`.
    package let code: String
    /// The store's words.
    package let message: String

    init(_ element: XMLElement) throws(AWSError) {
        key = try element.required("Key")
        code = try element.required("Code")
        message = element["Message"] ?? ""
    }
}
