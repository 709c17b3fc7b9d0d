import Hummingbird

/// CreateBucket of a bucket that is there already: 200, as S3's first region answers the owner.
///
/// Some clients create the bucket before every upload. New buckets come from the server's configuration only.
struct CreateBucket: Sendable {
    /// The bucket, which exists.
    let bucket: BucketName

    /// Answers where the bucket is.
    func respond() -> Response {
        Response(status: .ok, headers: [.location: "/\(bucket.rawValue)"])
    }
}
