import AWSTransport

extension S3Client {
    /// Scheme and authority of every address inside a bucket, `https://bucket.s3.eu-central-1.amazonaws.com`.
    ///
    /// - Parameter bucket: Which.
    /// - Returns: What browsers call the origin of its objects.
    package func origin(of bucket: S3Bucket) -> String {
        "\(client.endpoint.scheme)://\(address(bucket, path: "", query: [:]).authority)"
    }
}
