import AWSTransport
import SigV4

extension S3Client {
    /// Makes the fields of a form that uploads one file.
    ///
    /// - Parameter policy: What it may upload.
    /// - Returns: The form.
    /// - Throws: ``AWSError`` when there are no credentials.
    package func presignPost(_ policy: PostPolicy) async throws -> PresignedForm {
        let signer = try await client.signer(livingFor: Int64(policy.seconds))
        let now = client.now()
        let form = FormPolicy(
            bucket: policy.location.bucket.rawValue,
            fields: [PostPolicy.Field("key", policy.location.key.rawValue)] + policy.fields,
            byteCounts: policy.byteCounts,
            expiration: signer.credentials.end(of: policy.seconds, from: now)
        )
        let fields = signer.form(form, at: now)
        let address = address(policy.location.bucket, path: "", query: [:])
        return PresignedForm(url: "\(client.endpoint.scheme)://\(address.authority)\(address.target)", fields: fields)
    }
}
