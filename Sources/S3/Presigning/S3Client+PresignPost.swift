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
        let credentials = signer.credentials
        let scope = CredentialScope(day: now.day, region: signer.region, service: signer.service)
        var fields = [PostPolicy.Field("key", policy.location.key.rawValue)] + policy.fields
        fields += [
            PostPolicy.Field("x-amz-algorithm", "AWS4-HMAC-SHA256"),
            PostPolicy.Field("x-amz-credential", "\(credentials.accessKeyID)/\(scope)"),
            PostPolicy.Field("x-amz-date", now.basic),
        ]
        if let token = credentials.sessionToken { fields.append(PostPolicy.Field("x-amz-security-token", token)) }
        let bucket = PostPolicy.Field("bucket", policy.location.bucket.rawValue)
        let document = PolicyDocument(
            expiration: credentials.end(of: policy.seconds, from: now).iso8601,
            conditions: ([bucket] + fields).map { .equal($0) } + [.byteCounts(policy.byteCounts)]
        )
        let base64 = try document.base64
        fields.append(PostPolicy.Field("policy", base64))
        fields.append(PostPolicy.Field("x-amz-signature", signer.signature(ofPolicy: base64, at: now)))
        let address = address(policy.location.bucket, path: "", query: [:])
        return PresignedForm(url: "\(client.endpoint.scheme)://\(address.authority)\(address.target)", fields: fields)
    }
}
