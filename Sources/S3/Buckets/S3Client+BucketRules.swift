import AWSTransport
import HTTPTypes
import S3XML

extension S3Client {
    /// The bucket's CORS rules, in their order; `nil` when it has none.
    ///
    /// - Parameter bucket: Which.
    /// - Returns: The rules.
    /// - Throws: ``AWSError``, also when the store knows no such thing (``AWSTransport/AWSError/isNotImplemented``).
    package func corsRules(of bucket: S3Bucket) async throws -> [BucketCORSRule]? {
        let document = try await configuration("cors", of: bucket, missing: "NoSuchCORSConfiguration")
        return try document?.all("CORSRule").map(BucketCORSRule.init)
    }

    /// The bucket's lifecycle rules; `nil` when it has none.
    ///
    /// - Parameter bucket: Which.
    /// - Returns: The rules.
    /// - Throws: ``AWSError``, also when the store knows no such thing (``AWSTransport/AWSError/isNotImplemented``).
    package func lifecycleRules(of bucket: S3Bucket) async throws -> [LifecycleRule]? {
        let document = try await configuration("lifecycle", of: bucket, missing: "NoSuchLifecycleConfiguration")
        return try document?.all("Rule").map(LifecycleRule.init)
    }

    /// A part of the bucket's configuration; `nil` when the store answers with the code that says there is none.
    private func configuration(_ name: String, of bucket: S3Bucket, missing: String) async throws -> XMLElement? {
        do {
            let root = name == "cors" ? "CORSConfiguration" : "LifecycleConfiguration"
            return try await document(request(.get, bucket, query: [name: ""]), root: root)
        } catch let error as AWSError where error.code == missing {
            return nil
        }
    }
}
