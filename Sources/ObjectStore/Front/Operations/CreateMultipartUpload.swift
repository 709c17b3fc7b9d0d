import HTTPTypes
import Hummingbird
import S3XML

/// CreateMultipartUpload: says what the object will be, and gets the id under which its parts are sent.
struct CreateMultipartUpload: Sendable {
    /// Where the object goes.
    let store: ObjectStore

    /// Starts the upload.
    ///
    /// A condition on the key is refused: it is checked when the upload is completed, so it must be said there.
    /// - Throws: What a PutObject throws for its headers, `InvalidRequest` for a checksum that cannot be.
    func respond(to request: S3Request, at address: ObjectAddress) async throws -> Response {
        try WriteHeaders.check(request)
        guard try WriteCondition(request.headers) == .always else {
            throw S3Error.notImplemented("a condition on CreateMultipartUpload")
        }
        let plan = try MultipartPlan(request)
        let upload = try await store.createMultipart(to: address.key, in: address.bucket, plan: plan)
        var response = Response(
            xml: XMLWriter.document("InitiateMultipartUploadResult") { writer in
                writer.element("Bucket", upload.bucket.rawValue)
                writer.element("Key", upload.key.rawValue)
                writer.element("UploadId", upload.id.rawValue)
            }
        )
        if let algorithm = plan.checksumAlgorithm {
            response.headers[named: "x-amz-checksum-algorithm"] = algorithm.rawValue
            response.headers[named: "x-amz-checksum-type"] = plan.checksumType.rawValue
        }
        return response
    }
}
