package import AWSTransport
package import S3

/// The storage that the doctor looks at, as `imgn serve` would use it.
package struct DoctorPatient: Sendable {
    /// Talks to the store.
    package let client: AWSClient
    package let s3: S3Client
    /// Sends requests as browsers do, without credentials.
    package let http: any HTTPExchange
    /// Where the gallery's objects are.
    package let keys: GalleryKeys
    /// What else is known of the setup.
    package var setup: Setup

    /// What is not the store's own.
    package struct Setup: Sendable {
        /// The origin of the gallery's pages, `https://pictures.example`; `nil` when it is not known.
        package var pageOrigin: String?
        /// Where the public gets pictures, `https://cdn.example`; `nil` when the gallery serves them itself.
        package var picturesURL: String?
        /// The canned ACL that every upload carries.
        package var acl: String?
        /// Lends keys for single uploads; `nil` when the gallery lends none.
        package var lender: CredentialLender?

        /// Describes a setup.
        package init(pageOrigin: String? = nil, picturesURL: String? = nil, acl: String? = nil) {
            self.pageOrigin = pageOrigin
            self.picturesURL = picturesURL
            self.acl = acl
        }
    }

    /// Describes a storage.
    ///
    /// - Parameters:
    ///   - client: Talks to the store; addressing as `imgn serve` would use it.
    ///   - addressing: Where the bucket's name stands in requests.
    ///   - keys: Where the gallery's objects are.
    ///   - http: Sends requests as browsers do.
    package init(client: AWSClient, addressing: S3Addressing, keys: GalleryKeys, http: any HTTPExchange) {
        self.client = client
        s3 = S3Client(client, addressing: addressing)
        self.keys = keys
        self.http = http
        setup = Setup()
    }

    var bucket: S3Bucket { keys.bucket }

    /// What all keys start with; empty, or with a `/` at its end.
    var prefix: String { keys.prefix }

    /// What every object of a trial says besides its bytes.
    var settings: ObjectSettings { ObjectSettings(contentType: "text/plain", acl: setup.acl) }

    /// Where an upload of a trial goes.
    ///
    /// The gallery's sweep knows such keys, should one be left behind.
    func incomingTrial() -> S3Location { keys.probe("doctor-\(Self.random())") }

    /// The folders of what is public.
    static let publicFolders = ["images", "renditions"]

    /// Where a published file of a trial goes, and its path below the prefix.
    func publicTrial(in folder: String) throws(AWSError) -> (location: S3Location, path: String) {
        let path = "\(folder)/doctor-\(Self.random()).txt"
        guard let key = S3Key(rawValue: "\(prefix)\(path)") else {
            throw AWSError(.badRequest, "The prefix is too long: a key has 1024 bytes at most.")
        }
        return (S3Location(bucket: bucket, key: key), path)
    }

    private static func random() -> String { String(UInt64.random(in: 0 ... .max), radix: 36) }
}
