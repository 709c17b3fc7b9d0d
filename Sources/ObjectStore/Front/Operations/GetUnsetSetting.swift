import Hummingbird
import S3XML

/// Answers for settings that nobody can make here, as S3 answers them where nobody did.
struct GetUnsetSetting: Sendable {
    /// Where the objects are.
    let store: ObjectStore
    /// Who owns everything.
    let owner: ObjectStoreFront.Owner

    /// Answers a setting of a bucket.
    /// - Throws: The `NoSuch…` of the setting, where S3 has no document for "none".
    func respond(_ setting: UnsetBucketSetting, of bucket: BucketName) throws(S3Error) -> Response {
        if let (code, message) = Self.refusal(setting) { throw .unset(code, message, bucket: bucket.rawValue) }
        if setting == .acl { return accessControl }
        return Response(xml: Self.document(setting))
    }

    /// Answers a setting of an object.
    /// - Throws: `NoSuchKey`, or `InvalidRequest` for what needs object lock.
    func respond(_ setting: UnsetObjectSetting, at address: ObjectAddress) async throws -> Response {
        guard try await store.head(address.key, in: address.bucket) != nil else {
            throw S3Error.noSuchKey(address.key.rawValue)
        }
        switch setting {
        case .acl: return accessControl
        case .tagging: return Response(xml: XMLWriter.document("Tagging") { $0.element("TagSet", "") })
        case .legalHold, .retention: throw S3Error.missingObjectLock
        }
    }

    /// The owner may do everything, and nobody else anything.
    private var accessControl: Response {
        let grantee: KeyValuePairs = [
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:type": "CanonicalUser",
        ]
        return Response(
            xml: XMLWriter.document("AccessControlPolicy") { writer in
                owner.write(to: &writer)
                writer.element("AccessControlList") { writer in
                    writer.element("Grant") { writer in
                        writer.element("Grantee", attributes: grantee) { writer in
                            writer.element("ID", owner.id)
                            writer.element("DisplayName", owner.displayName)
                        }
                        writer.element("Permission", "FULL_CONTROL")
                    }
                }
            }
        )
    }
}

extension GetUnsetSetting {
    /// Code and message of a setting whose absence is a 404; `nil` where S3 has a document for it.
    private static func refusal(_ setting: UnsetBucketSetting) -> (code: String, message: String)? {
        switch setting {
        case .encryption:
            (
                "ServerSideEncryptionConfigurationNotFoundError",
                "The server side encryption configuration was not found"
            )
        case .lifecycle: ("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist")
        case .objectLock:
            ("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket")
        case .policy, .policyStatus: ("NoSuchBucketPolicy", "The bucket policy does not exist")
        case .publicAccessBlock:
            (
                "NoSuchPublicAccessBlockConfiguration",
                "The public access block configuration was not found"
            )
        case .replication:
            ("ReplicationConfigurationNotFoundError", "The replication configuration was not found")
        case .tagging: ("NoSuchTagSet", "The TagSet does not exist")
        case .website:
            (
                "NoSuchWebsiteConfiguration",
                "The specified bucket does not have a website configuration"
            )
        case .accelerate, .acl, .logging, .notification, .ownershipControls, .requestPayment, .versioning: nil
        }
    }

    /// The document of a setting that S3 answers even where nobody made it.
    ///
    /// `BucketOwnerEnforced` is what a new bucket of S3 has, and says why no other ACL is taken.
    private static func document(_ setting: UnsetBucketSetting) -> String {
        switch setting {
        case .accelerate: XMLWriter.document("AccelerateConfiguration") { _ in }
        case .logging: XMLWriter.document("BucketLoggingStatus") { _ in }
        case .notification: XMLWriter.document("NotificationConfiguration") { _ in }
        case .ownershipControls:
            XMLWriter.document("OwnershipControls") { writer in
                writer.element("Rule") { $0.element("ObjectOwnership", "BucketOwnerEnforced") }
            }
        case .requestPayment:
            XMLWriter.document("RequestPaymentConfiguration") { $0.element("Payer", "BucketOwner") }
        default: XMLWriter.document("VersioningConfiguration") { _ in }
        }
    }
}
