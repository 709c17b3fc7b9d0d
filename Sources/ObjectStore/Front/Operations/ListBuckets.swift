import Hummingbird
import S3XML

/// ListBuckets: every bucket of the store, in alphabetical order.
struct ListBuckets: Sendable {
    /// The buckets' names.
    let buckets: [BucketName]
    /// Who owns them.
    let owner: ObjectStoreFront.Owner

    /// The engine keeps no date of birth for a bucket; clients want one that is always the same.
    private static let creationDate = ObjectTime(milliseconds: 0)

    /// Answers the list.
    func respond() -> Response {
        Response(
            xml: XMLWriter.document("ListAllMyBucketsResult") { writer in
                owner.write(to: &writer)
                writer.element("Buckets") { writer in
                    for bucket in buckets.sorted() {
                        writer.element("Bucket") { writer in
                            writer.element("Name", bucket.rawValue)
                            writer.element("CreationDate", Self.creationDate.iso8601)
                        }
                    }
                }
            }
        )
    }
}
