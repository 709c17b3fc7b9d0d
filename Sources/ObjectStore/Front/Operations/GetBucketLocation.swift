import Hummingbird
import S3XML

/// GetBucketLocation: the region; S3 names its first one by an empty element.
struct GetBucketLocation: Sendable {
    /// The store's region.
    let region: String

    /// Answers the region.
    func respond() -> Response {
        Response(
            xml: XMLWriter.document("LocationConstraint") { writer in
                if region != "us-east-1" { writer.characters(region) }
            }
        )
    }
}
