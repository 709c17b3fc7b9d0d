import Hummingbird

/// HeadBucket: 200 and the region for a bucket that exists.
struct HeadBucket: Sendable {
    /// The store's region.
    let region: String

    /// Answers that the bucket is there.
    func respond() -> Response {
        var response = Response(status: .ok)
        response.headers[named: "x-amz-bucket-region"] = region
        return response
    }
}
