import Hummingbird

extension ObjectStoreFront {
    /// Does what a request wants of a bucket.
    func perform(_ operation: BucketOperation, _ request: S3Request) async throws -> Response {
        let bucket = operation.bucket
        return switch operation.action {
        case .create:
            try await CreateBucket(
                store: store,
                region: configuration.region,
                reservedNames: configuration.reservedBucketNames
            )
            .respond(to: request, bucket: bucket)
        case .delete: try await DeleteBucket(store: store).respond(bucket: bucket)
        case .getCORS: try BucketCORS(store: store).get(bucket)
        case .putCORS: try await BucketCORS(store: store).put(request, bucket)
        case .deleteCORS: try await BucketCORS(store: store).delete(bucket)
        case .getUnset(let setting):
            try GetUnsetSetting(store: store, owner: configuration.owner).respond(setting, of: bucket)
        case .listObjects:
            try await ListObjects(store: store, owner: configuration.owner).respond(to: request, in: bucket)
        case .listObjectVersions:
            try await ListObjectVersions(store: store, owner: configuration.owner).respond(to: request, in: bucket)
        }
    }
}
