import AWSTransport
import NIOCore
import S3
import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension S3Client {
    /// Exactly this part of exactly this version; `nil` when the object is gone, another, or shorter.
    ///
    /// The version is compared once more in the answer, for stores that ignore `If-Match`.
    func read(_ location: S3Location, _ range: Range<Int64>, ifMatch etag: ETag?) async throws -> ByteBuffer? {
        guard !range.isEmpty else { return ByteBuffer() }
        do {
            let part = ObjectRead(range, ifMatch: etag)
            guard let (head, bytes) = try await readObject(location, part, upTo: range.count),
                etag == nil || head.etag == etag, bytes.readableBytes == range.count
            else { return nil }
            return bytes
        } catch let error as AWSError where error.isOutdated {
            return nil
        }
    }
}

extension SigningDate {
    /// The moment as Foundation has it.
    var date: Date { Date(timeIntervalSince1970: Double(secondsSince1970)) }
}
