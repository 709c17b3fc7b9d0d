import AWSTransport

/// What to know about a store that does less than S3 promises, or stands behind something that does.
extension Remedy {
    /// Something between us and the store changes what passes.
    static func middleman(_ patient: DoctorPatient) -> String {
        "Does a cache or a proxy answer at \(patient.client.endpoint)? Give the store's own address."
    }

    /// The store checks no lengths.
    static let unboundLength = """
        This store does not hold an upload to the length that was signed: whoever gets a URL can fill it up. \
        Use another store, or keep strangers from the gallery.
        """

    /// The store ignores `If-None-Match`.
    static let repeatedWrites = """
        Nothing unsafe gets public: the gallery publishes the bytes it has looked at, and drops what comes late. \
        A store that knows conditional writes spares that (AWS S3, Ceph, SeaweedFS).
        """

    /// STS refuses to lend.
    static func lending(_ role: String) -> String {
        """
        Allow the user or role of these keys (IAM), and name it in the role's trust policy:
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "\(role)"}]}
        Is --sts-role written as the store writes it, and --sts-endpoint the address of its STS?
        """
    }

    /// What is lent is worth nothing, since the role may not upload itself.
    static func lentRights(_ patient: DoctorPatient) -> String {
        """
        Allow the role of --sts-role (IAM):
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
            "Resource": "arn:aws:s3:::\(patient.bucket)/\(pattern(patient.prefix))incoming/*"}]}
        """
    }

    /// The store ignores session policies.
    static let unboundKeys = "This store does not narrow keys by a session policy. Leave --sts-role out."

    /// The store ignores checksums.
    static let uncheckedDigests = """
        Nothing unsafe gets public: the gallery computes every upload's digest itself, which costs reading it once. \
        A store that checks digests spares that (AWS S3, SeaweedFS).
        """

    /// The store takes part in less of ingest than it could.
    static let costlyIngest = """
        Nothing unsafe gets public, and nothing has to be done: it costs time and traffic. \
        A store that knows conditional copies and keeps digests spares that (AWS S3).
        """
}
