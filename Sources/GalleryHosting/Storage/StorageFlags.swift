/// What a command line says about the storage, as texts; whatever it leaves out, the environment says.
package struct StorageFlags: Sendable {
    /// `s3://bucket[/prefix]`.
    package var place: String?
    /// The store's address.
    package var endpoint: String?
    /// The store's region.
    package var region: String?
    /// Where the bucket's name stands in addresses: `path`, `virtual` or `auto`.
    package var style: String?
    /// A canned ACL.
    package var acl: String?
    /// Where anyone can get `/images/…`.
    package var picturesURL: String?
    /// A role whose keys are lent.
    package var stsRole: String?
    /// The address of the store's STS.
    package var stsEndpoint: String?

    /// A command line that says nothing.
    package init() {}
}
