import ArgumentParser
import GalleryHosting

/// The flags of `imgn serve` and `imgn doctor` that say where pictures are kept.
struct StorageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep pictures in any S3 store rather than in the data folder. [IMGN_STORAGE]",
            valueName: "s3://bucket/prefix"
        )
    )
    var storage: String?

    @Option(
        help: ArgumentHelp(
            "The store's address; default: AWS. [IMGN_STORAGE_ENDPOINT, AWS_ENDPOINT_URL]",
            valueName: "url"
        )
    )
    var storageEndpoint: String?

    @Option(
        help: ArgumentHelp(
            "The store's region. [IMGN_STORAGE_REGION, AWS_REGION, default: us-east-1]",
            valueName: "region"
        )
    )
    var storageRegion: String?

    @Option(
        help: ArgumentHelp(
            "Where the bucket's name stands in addresses: path, virtual or auto. [IMGN_STORAGE_STYLE, default: auto]",
            valueName: "style"
        )
    )
    var storageStyle: String?

    @Option(
        help: ArgumentHelp(
            "A canned ACL for every object, such as bucket-owner-full-control. [IMGN_STORAGE_ACL, default: none]",
            valueName: "acl"
        )
    )
    var storageAcl: String?

    @Option(
        help: ArgumentHelp(
            "Where anyone can get `/images/…`, such as a CDN; default: from the gallery. [IMGN_PICTURES_URL]",
            valueName: "url"
        )
    )
    var picturesURL: String?

    @Option(
        help: ArgumentHelp(
            "A role whose keys `/s3/sts` lends, one upload each; default: none. [IMGN_STS_ROLE]",
            valueName: "arn"
        )
    )
    var stsRole: String?

    @Option(
        help: ArgumentHelp(
            "The address of the store's STS; default: AWS. [IMGN_STS_ENDPOINT, AWS_ENDPOINT_URL_STS]",
            valueName: "url"
        )
    )
    var stsEndpoint: String?

    /// What they say.
    var flags: StorageFlags {
        var flags = StorageFlags()
        flags.place = storage
        flags.endpoint = storageEndpoint
        flags.region = storageRegion
        flags.style = storageStyle
        flags.acl = storageAcl
        flags.picturesURL = picturesURL
        flags.stsRole = stsRole
        flags.stsEndpoint = stsEndpoint
        return flags
    }
}
