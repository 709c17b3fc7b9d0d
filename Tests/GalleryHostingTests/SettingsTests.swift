import AWSTransport
import DynamoDB
import GalleryAWS
import GalleryCore
import Logging
import S3
import Testing

@testable import GalleryHosting

@Suite("Settings")
struct SettingsTests {
    private func read(
        _ variables: [String: String],
        flags: GalleryFlags = GalleryFlags()
    ) -> (settings: GallerySettings, problems: [String]) {
        var reader = SettingsReader(environment: variables)
        let settings = GallerySettings(flags, environment: AWSEnvironment(variables: variables), &reader)
        return (settings, reader.problems)
    }

    @Test("an empty environment is a gallery without a store elsewhere, and no problem")
    func defaults() {
        let (settings, problems) = read([:])
        #expect(problems.isEmpty)
        #expect(settings.storage == nil && settings.owner == nil && settings.hookSecret == nil)
        #expect(settings.uploadLimit == 100 << 20 && settings.logLevel == .info)
    }

    @Test("a flag goes before its variable")
    func order() {
        var flags = GalleryFlags()
        flags.uploadLimit = "1MiB"
        #expect(read(["IMGN_UPLOAD_LIMIT": "2MiB"], flags: flags).settings.uploadLimit == 1 << 20)
        #expect(read(["IMGN_UPLOAD_LIMIT": "2MiB"]).settings.uploadLimit == 2 << 20)
    }

    @Test("every problem is told at once, and no secret is")
    func problems() {
        let (_, problems) = read([
            "IMGN_STORAGE": "pictures", "IMGN_STORAGE_STYLE": "sideways", "IMGN_UPLOAD_LIMIT": "much",
            "IMGN_OWNER_TOKEN": "short", "IMGN_LOG_LEVEL": "loud", "IMGN_PUBLIC_URL": "pictures.example/path",
        ])
        #expect(problems.count == 6)
        #expect(!problems.joined().contains("short"))
        #expect(problems.contains { $0.hasPrefix("IMGN_STORAGE is \"pictures\"") })
    }

    @Test("a problem of a flag names the flag")
    func flagName() {
        var flags = GalleryFlags()
        flags.storage.region = "somewhere/else"
        #expect(read([:], flags: flags).problems.first?.hasPrefix("--storage-region") == true)
    }

    @Test("a bucket's place and prefix come from one text, its region from AWS's own variables")
    func storage() throws {
        let settings = read(["IMGN_STORAGE": "s3://pictures/gallery", "AWS_REGION": "eu-central-1"]).settings
        let storage = try #require(settings.storage)
        #expect(storage.keys == S3Bucket(rawValue: "pictures").map { GalleryKeys(bucket: $0, prefix: "gallery") })
        #expect(storage.region == "eu-central-1")
    }

    @Test("a catalog is a table, and needs a secret that all who share it have")
    func catalog() throws {
        let secret = String(repeating: "s", count: 32)
        let variables = ["IMGN_CATALOG": "dynamodb://pictures", "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:4566"]
        let (settings, problems) = read(variables.merging(["IMGN_SEAL_SECRET": secret]) { $1 })
        #expect(problems.isEmpty && settings.seal != nil)
        let catalog = try #require(settings.catalog)
        #expect(catalog.table.rawValue == "pictures" && catalog.region == "us-east-1")
        #expect(catalog.endpoint == AWSEndpoint("http://127.0.0.1:4566"))
        #expect(read(variables).problems.first?.hasPrefix("IMGN_SEAL_SECRET is missing") == true)
        #expect(read(variables.merging(["IMGN_SEAL_SECRET": "short"]) { $1 }).problems.count == 1)
    }

    @Test(
        "what is no table is a problem",
        arguments: [
            "pictures", "dynamodb://", "dynamodb://ab", "dynamodb://a/b", "sqlite://pictures", "dynamodb://é--",
        ]
    )
    func badCatalog(text: String) {
        let secret = String(repeating: "s", count: 32)
        #expect(read(["IMGN_CATALOG": text, "IMGN_SEAL_SECRET": secret]).problems.count == 1)
    }

    @Test(
        "what a store lacks is read from words, and a word that is none is a problem",
        arguments: [
            ("nothing", StoreAbilities()), ("part-digests", StoreAbilities(partChecksums: .checked)),
            ("digests, part-digests", StoreAbilities(checksumsEnforced: false, partChecksums: .ignored)),
            (
                "conditional-writes,digests",
                StoreAbilities(conditionalWrites: false, checksumsEnforced: false, partChecksums: .ignored)
            ),
            ("conditional-writes", StoreAbilities(conditionalWrites: false)), ("everything", nil), ("digests,", nil),
        ] as [(String, StoreAbilities?)]
    )
    func lacks(text: String, abilities: StoreAbilities?) {
        #expect(StoreLacks.abilities(text) == abilities)
        #expect(read(["IMGN_STORAGE_LACKS": text]).problems.isEmpty == (abilities != nil))
    }

    @Test(
        "sizes are read with their unit, and nothing else is a size",
        arguments: [
            ("4096", 4096), ("256MiB", 256 << 20), ("1GB", 1_000_000_000), ("7 KiB", nil), ("-1", nil), ("", nil),
            ("9999999TiB", nil), ("MiB", nil),
        ] as [(String, Int64?)]
    )
    func sizes(text: String, bytes: Int64?) {
        #expect(ByteSize.parse(text) == bytes)
    }

    @Test(
        "times are read with their unit, and nothing else is a time",
        arguments: [
            ("500ms", .milliseconds(500)), ("60s", .seconds(60)), ("5m", .seconds(300)), ("2h", .seconds(7200)),
            ("5", nil), ("0s", nil), ("1d", nil),
        ] as [(String, Duration?)]
    )
    func times(text: String, time: Duration?) {
        #expect(TimeSpan.parse(text) == time)
    }
}
