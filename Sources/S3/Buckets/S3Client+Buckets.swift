import AWSTransport
import HTTPTypes
import NIOCore
import S3XML

extension S3Client {
    /// Whether the bucket is there.
    ///
    /// - Parameter bucket: Which.
    /// - Returns: `false` when no bucket has that name.
    /// - Throws: ``AWSError``, with status 403 when it belongs to somebody else, 301 when it is in another region.
    package func hasBucket(_ bucket: S3Bucket) async throws -> Bool {
        do {
            _ = try await acknowledgement(of: request(.head, bucket))
            return true
        } catch let error as AWSError where error.status == 404 {
            return false
        }
    }

    /// Makes a bucket in the client's region; one of ours is left as it is.
    ///
    /// - Parameter bucket: Which.
    /// - Throws: ``AWSError``.
    package func createBucket(_ bucket: S3Bucket) async throws {
        var content = RequestContent()
        if client.region != "us-east-1" {
            let document = XMLWriter.document("CreateBucketConfiguration") {
                $0.element("LocationConstraint", client.region)
            }
            content.body = .bytes(ByteBuffer(string: document))
        }
        do {
            _ = try await acknowledgement(of: request(.put, bucket, content: content))
        } catch let error as AWSError where error.code == "BucketAlreadyOwnedByYou" {
            return
        }
    }
}
