package import AWSTransport
package import S3

/// The storage that the doctor looks at, as `imgn serve` would use it.
package struct DoctorPatient: Sendable {
    /// Talks to the store.
    package let client: AWSClient
    package let s3: S3Client
    /// Sends requests as browsers do, without credentials.
    package let http: any HTTPExchange
    package let bucket: S3Bucket
    /// What all keys start with; empty, or with a `/` at its end.
    package let prefix: String
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
        bucket = keys.bucket
        prefix = keys.prefix
        self.http = http
        setup = Setup()
    }

    /// An object that nobody else uses.
    func location(_ folder: String, _ name: String) throws(AWSError) -> S3Location {
        guard let key = S3Key(rawValue: "\(prefix)\(folder)/\(name)") else {
            throw AWSError(.badRequest, "The prefix is too long: a key has 1024 bytes at most.")
        }
        return S3Location(bucket: bucket, key: key)
    }
}
