package import AWSTransport
package import GalleryAWS
package import S3

/// Where pictures are kept when it is not the data folder.
///
/// | flag | variable | type | default |
/// |---|---|---|---|
/// | `--storage` | `IMGN_STORAGE` | `s3://bucket[/prefix]` | the data folder |
/// | `--storage-endpoint` | `IMGN_STORAGE_ENDPOINT` | `http(s)://host[:port]` | `AWS_ENDPOINT_URL`, else AWS |
/// | `--storage-region` | `IMGN_STORAGE_REGION` | region | `AWS_REGION`, the profile's, else `us-east-1` |
/// | `--storage-style` | `IMGN_STORAGE_STYLE` | `path`, `virtual`, `auto` | `auto` |
/// | – | `IMGN_STORAGE_LACKS` | `nothing`, or words of ``StoreLacks`` | what a look at the store says |
/// | `--storage-acl` | `IMGN_STORAGE_ACL` | canned ACL | none |
/// | `--sts-role` | `IMGN_STS_ROLE` | ARN of a role | none |
/// | `--sts-endpoint` | `IMGN_STS_ENDPOINT` | `http(s)://host[:port]` | `AWS_ENDPOINT_URL_STS`, else AWS |
/// | `--pictures-url` | `IMGN_PICTURES_URL` | `http(s)://…` | the gallery itself |
package struct StorageConfiguration: Sendable {
    /// The bucket, and the prefix in it.
    package let keys: GalleryKeys
    /// The store's address.
    package let endpoint: AWSEndpoint
    /// The store's region.
    package let region: String
    /// Where the bucket's name stands in addresses.
    package let addressing: S3Addressing
    /// What the store does of what S3 promises; `nil` when nobody says so.
    package let abilities: StoreAbilities?
    /// A canned ACL for every object.
    package let acl: String?
    /// Where anyone can get `/images/…`; `nil` for the gallery itself.
    package let picturesURL: String?
    /// Who lends keys for single uploads; `nil` when nobody does.
    package let sts: (role: String, endpoint: AWSEndpoint)?

    private static let acls: Set<String> = [
        "private", "bucket-owner-read", "bucket-owner-full-control", "authenticated-read",
    ]

    /// Reads the settings; `nil` when pictures are kept in the data folder.
    ///
    /// - Parameters:
    ///   - flags: What the command line says.
    ///   - environment: Says what AWS's own variables and files say.
    ///   - reader: Takes the problems.
    package init?(_ flags: StorageFlags, environment: AWSEnvironment, _ reader: inout SettingsReader) {
        let keys: GalleryKeys? = reader.read(
            flags.place,
            "IMGN_STORAGE",
            default: nil,
            expected: "a bucket like s3://pictures or s3://pictures/gallery",
            parse: { Self.keys($0).map(Optional.some) }
        )
        region = reader.region((flags.region, "IMGN_STORAGE_REGION"), environment)
        endpoint = reader.endpoint(
            (flags.endpoint, "IMGN_STORAGE_ENDPOINT"),
            of: "s3",
            region: region,
            environment
        )
        addressing = reader.read(
            flags.style,
            "IMGN_STORAGE_STYLE",
            default: .automatic,
            expected: "path, virtual or auto"
        ) { ["path": .path, "virtual": .virtualHosted, "auto": .automatic][$0] }
        abilities = reader.read(
            nil,
            "IMGN_STORAGE_LACKS",
            default: nil,
            expected: "words with commas between, out of \(StoreLacks.known)",
            parse: { StoreLacks.abilities($0).map(Optional.some) }
        )
        acl = reader.read(
            flags.acl,
            "IMGN_STORAGE_ACL",
            default: nil,
            expected: "one of \(Self.acls.sorted().joined(separator: ", "))"
        ) { Self.acls.contains($0) ? .some($0) : nil }
        picturesURL = reader.read(
            flags.picturesURL,
            "IMGN_PICTURES_URL",
            default: nil,
            expected: "an address like https://cdn.example, with or without a path"
        ) { Self.picturesURL($0).map(Optional.some) }
        sts = Self.sts(flags, environment, region: region, &reader)
        guard let keys else { return nil }
        self.keys = keys
    }

    /// Role and address of the store's STS.
    private static func sts(
        _ flags: StorageFlags,
        _ environment: AWSEnvironment,
        region: String,
        _ reader: inout SettingsReader
    ) -> (role: String, endpoint: AWSEndpoint)? {
        let role: String? = reader.read(
            flags.stsRole,
            "IMGN_STS_ROLE",
            default: nil,
            expected: "a role like arn:aws:iam::123456789012:role/uploader"
        ) { $0.hasPrefix("arn:") ? .some($0) : nil }
        let ambient = try? environment.endpoint(service: "sts")
        let endpoint = reader.read(
            flags.stsEndpoint,
            "IMGN_STS_ENDPOINT",
            default: ambient ?? .aws(service: "sts", region: region),
            expected: "an address without a path, like https://sts.example.org",
            parse: AWSEndpoint.init
        )
        return role.map { ($0, endpoint) }
    }

    /// Reads `s3://bucket/prefix`.
    private static func keys(_ text: String) -> GalleryKeys? {
        guard text.hasPrefix("s3://") else { return nil }
        let parts = text.dropFirst(5).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bucket = parts.first.flatMap({ S3Bucket(rawValue: String($0)) }) else { return nil }
        return GalleryKeys(bucket: bucket, prefix: parts.count > 1 ? String(parts[1]) : "")
    }

    /// An address that pages may name in their content policy.
    private static func picturesURL(_ text: String) -> String? {
        let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, AWSEndpoint("\(parts[0])//\(parts[2])") != nil,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"'<>;,?#".utf8.contains($0) })
        else { return nil }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
