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
