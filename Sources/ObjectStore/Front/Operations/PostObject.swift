import HTTPTypes
import Hummingbird
import NIOCore
import SigV4

/// PostObject: stores the file of a browser's form that a signed policy allows.
///
/// Everything but the file comes before it in the form, so that signature, policy and settings are checked before a
/// byte of it is written. A policy can say the most bytes of a file, which no presigned PUT can. Beyond S3, a field
/// `if-none-match` with the value `*`, which a condition of the policy must cover like any other, makes the upload one
/// that replaces nothing.
struct PostObject: Sendable {
    /// Where the object goes.
    let store: ObjectStore
    /// Knows the keys that policies are signed with.
    let verifier: Verifier
    /// The largest object of one POST, in bytes.
    let maximumObjectBytes: Int64
    /// The clock that signatures and policies are checked against.
    let now: @Sendable () -> SigningDate

    /// Reads the form and stores its file.
    ///
    /// - Parameters:
    ///   - form: The form, not yet read.
    ///   - request: The head of its request.
    ///   - bucket: The bucket it was sent to.
    /// - Returns: What the form's `success_action_` fields ask for.
    /// - Throws: ``S3Error`` for every refusal; nothing was stored then.
    func respond(to form: PostForm, sentTo request: HTTPRequest, in bucket: BucketName) async throws -> Response {
        var form = form
        let (sent, fileName) = try await form.readFields()
        let fields = try complete(sent, in: bucket, fileName: fileName)
        let policy = try verifiedPolicy(of: fields)
        let upload = try FormUpload(fields, policy: policy, maximumObjectBytes: maximumObjectBytes)
        let info = try await write(&form, upload, in: bucket)
        return PostAnswer(fields: fields, request: request, bucket: bucket).respond(info)
    }

    /// The fields as policies see them: with the bucket as one of them, and the file's name put into the key.
    private func complete(_ sent: FormFields, in bucket: BucketName, fileName: String) throws(S3Error) -> FormFields {
        guard let key = sent["key"], !key.isEmpty else { throw .postFieldMissing("key") }
        if let named = sent["bucket"], named != bucket.rawValue {
            throw .invalidArgument("bucket", named, "The form names another bucket than its address does.")
        }
        var fields = sent
        fields.set("bucket", bucket.rawValue)
        // Some browsers send a whole path, of which only the last name is meant.
        let name = fileName.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.last ?? ""
        fields.set("key", key.replacing("${filename}", with: name))
        return fields
    }

    private func verifiedPolicy(of fields: FormFields) throws -> PostPolicy {
        guard let text = fields["policy"] else { throw S3Error.anonymous }
        let time = now()
        _ = try verifier.verify(SignedPolicy(policy: text) { fields[$0] }, at: time)
        let policy = try PostPolicy(base64: text)
        try policy.check(fields, at: time)
        return policy
    }

    private func write(_ form: inout PostForm, _ wanted: FormUpload, in bucket: BucketName) async throws -> ObjectInfo {
        do {
            return try await store.withUpload(to: wanted.key, in: bucket, plan: wanted.plan) { upload in
                while let content = try await form.nextContent() {
                    try wanted.admit(upload.byteCount + Int64(content.readableBytes))
                    try await upload.write(content)
                }
                try wanted.checkMinimum(upload.byteCount)
                try await form.finish()
                return try await upload.commit(wanted.commit)
            }
        } catch ObjectStoreError.badDigest(let mismatch) {
            throw wanted.refusal(mismatch)
        } catch ObjectStoreError.preconditionFailed {
            throw wanted.plan.condition.refusal(wanted.key, exists: true)
        }
    }
}
