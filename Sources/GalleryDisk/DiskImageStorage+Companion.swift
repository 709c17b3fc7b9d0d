package import GalleryCore
import ObjectStore
import SigV4

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Forms with a POST policy; the store has no keys to lend.
extension DiskImageStorage {
    package func address(of id: ImageID) -> ObjectAddress {
        ObjectAddress(bucket: bucket.rawValue, key: ObjectKey.incoming(id).rawValue)
    }

    /// Signs key, type, name, sizes and "only once": the store takes `if-none-match` in a form, which S3 does not.
    package func presignForm(
        _ id: ImageID,
        _ file: UnmeasuredFile,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedForm {
        let start = Int64(lifetime.from.timeIntervalSince1970.rounded(.down))
        let date = SigningDate(secondsSince1970: start)
        let fields = [
            PresignedForm.Field("bucket", bucket.rawValue),
            PresignedForm.Field("key", address(of: id).key),
            PresignedForm.Field("content-type", file.mediaType),
            PresignedForm.Field("x-amz-meta-\(UploadName.metadataKey)", UploadName.encode(file.name)),
            PresignedForm.Field("if-none-match", "*"),
            PresignedForm.Field("success_action_status", "201"),
        ]
        let policy = FormPolicy(
            expiration: SigningDate(secondsSince1970: start + Int64(lifetime.seconds)),
            fields: fields + signer.fields(at: date),
            byteCounts: 1...file.maximumByteCount
        )
        let document: String
        do {
            document = try policy.base64
        } catch {
            throw GalleryError(error, during: "sign a form")
        }
        let signature = [
            PresignedForm.Field("policy", document),
            PresignedForm.Field("x-amz-signature", signer.signature(ofPolicy: document, at: date)),
        ]
        return PresignedForm(url: "\(origin)/\(bucket)/", fields: policy.fields + signature)
    }

    package func temporaryCredentials(for id: ImageID) async throws(GalleryError) -> TemporaryCredentials? { nil }
}

extension Signer {
    /// The fields of a form that say who signs it.
    fileprivate func fields(at date: SigningDate) -> [PresignedForm.Field] {
        let scope = CredentialScope(day: date.day, region: region, service: service)
        let token = credentials.sessionToken.map { [PresignedForm.Field("x-amz-security-token", $0)] } ?? []
        return [
            PresignedForm.Field("x-amz-algorithm", "AWS4-HMAC-SHA256"),
            PresignedForm.Field("x-amz-credential", "\(credentials.accessKeyID)/\(scope)"),
            PresignedForm.Field("x-amz-date", date.basic),
        ] + token
    }
}

/// A POST policy: what a form may say (AWS, sigv4-HTTPPOSTConstructPolicy).
private struct FormPolicy: Encodable {
    let expiration: SigningDate
    /// The fields it binds to exactly these values.
    let fields: [PresignedForm.Field]
    let byteCounts: ClosedRange<Int64>

    private enum CodingKeys: CodingKey {
        case expiration, conditions
    }

    func encode(to encoder: any Encoder) throws {
        var document = encoder.container(keyedBy: CodingKeys.self)
        try document.encode(expiration.iso8601, forKey: .expiration)
        var conditions = document.nestedUnkeyedContainer(forKey: .conditions)
        for field in fields { try conditions.encode(["eq", "$\(field.name)", field.value]) }
        var range = conditions.nestedUnkeyedContainer()
        try range.encode("content-length-range")
        try range.encode(byteCounts.lowerBound)
        try range.encode(byteCounts.upperBound)
    }

    /// The document as the field `policy` carries it, and as it is signed.
    var base64: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self).base64EncodedString()
        }
    }
}
