package import AWSTransport
package import GalleryCore
package import GalleryWeb
package import Logging

/// The settings that a gallery has wherever it is hosted.
///
/// | flag | variable | type | default |
/// |---|---|---|---|
/// | `--public-url` | `IMGN_PUBLIC_URL` | `http(s)://host[:port]` | the request's Host |
/// | `--allowed-origins` | `IMGN_ALLOWED_ORIGINS` | `http(s)://host[:port]`, with commas between | none |
/// | `--upload-limit` | `IMGN_UPLOAD_LIMIT` | bytes | `100MiB` |
/// | – | `IMGN_OWNER_TOKEN`, `IMGN_OWNER_TOKEN_FILE` | secret of 16 characters or more | none |
/// | – | `IMGN_HOOK_SECRET`, `IMGN_HOOK_SECRET_FILE` | secret of 16 characters or more | none |
/// | – | `IMGN_SEAL_SECRET`, `IMGN_SEAL_SECRET_FILE` | secret of 32 characters or more | the store's key |
/// | `--log-level` | `IMGN_LOG_LEVEL` | level | `info` |
package struct GallerySettings: Sendable {
    /// The address users reach the gallery under.
    package let publicURL: String?
    /// The origins whose pages may upload by Uppy's protocol.
    package let allowedOrigins: [String]
    /// The most bytes one picture may have.
    package let uploadLimit: Int64
    /// Shown by whoever runs the gallery.
    package let owner: AccessToken?
    /// Shown by stores.
    package let hookSecret: HookSecret?
    /// Where pictures are kept; `nil` when nothing names an S3 store.
    ///
    /// Its own settings are listed there.
    package let storage: StorageConfiguration?
    /// Where the index of pictures is; `nil` when nothing names a table.
    ///
    /// Its own settings are listed there.
    package let catalog: CatalogConfiguration?
    /// Seals tokens, alike on all that share a catalog; there when a catalog is named.
    package let seal: TicketSeal?
    /// Who may upload, and how often.
    ///
    /// Its own settings are listed there.
    package let access: AccessConfiguration
    /// How uploads become pictures.
    ///
    /// Its own settings are listed there.
    package let ingest: IngestSettings
    /// How much is logged.
    package let logLevel: Logger.Level

    /// Reads the settings.
    ///
    /// - Parameters:
    ///   - flags: What the command line says.
    ///   - environment: Says what AWS's own variables and files say.
    ///   - reader: Takes the problems.
    package init(_ flags: GalleryFlags, environment: AWSEnvironment, _ reader: inout SettingsReader) {
        publicURL = Self.publicURL(flags.publicURL, &reader)
        storage = StorageConfiguration(flags.storage, environment: environment, &reader)
        catalog = CatalogConfiguration(flags.catalog, environment: environment, &reader)
        seal = Self.seal(isNeeded: catalog != nil, &reader)
        access = AccessConfiguration(&reader)
        ingest = IngestSettings(&reader)
        uploadLimit = reader.read(
            flags.uploadLimit,
            "IMGN_UPLOAD_LIMIT",
            default: 100 << 20,
            expected: "a size like 100MiB, 78GiB at most"
        ) {
            ByteSize.parse($0).flatMap { (1...PartPlan.maximumByteCount).contains($0) ? $0 : nil }
        }
        owner = reader.readSecret("IMGN_OWNER_TOKEN", expected: "a secret of 16 characters or more") { AccessToken($0) }
        hookSecret = reader.readSecret("IMGN_HOOK_SECRET", expected: "a secret of 16 characters or more") {
            HookSecret($0)
        }
        allowedOrigins = reader.read(
            flags.allowedOrigins,
            "IMGN_ALLOWED_ORIGINS",
            default: [],
            expected: "addresses without a path, like https://blog.example, with commas between",
            parse: Self.parseOrigins
        )
        logLevel = reader.read(
            flags.logLevel,
            "IMGN_LOG_LEVEL",
            default: .info,
            expected: "one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))",
            parse: Logger.Level.init(rawValue:)
        )
    }

    /// The gallery's own address, for users.
    package static func publicURL(_ flag: String?, _ reader: inout SettingsReader) -> String? {
        reader.read(
            flag,
            "IMGN_PUBLIC_URL",
            default: nil,
            expected: "an address without a path, like https://pictures.example",
            parse: parsePublicURL
        )
    }

    /// What seals tokens; it has to be named where several programs share a catalog.
    private static func seal(isNeeded: Bool, _ reader: inout SettingsReader) -> TicketSeal? {
        let problemCount = reader.problems.count
        let seal = reader.readSecret("IMGN_SEAL_SECRET", expected: "a secret of 32 characters or more") { text in
            text.utf8.count >= 32 ? TicketSeal(secret: Array(text.utf8)) : nil
        }
        if seal == nil, isNeeded, reader.problems.count == problemCount {
            reader.note(
                "IMGN_SEAL_SECRET is missing: all that share a catalog seal tokens with one secret of 32 characters"
            )
        }
        return seal
    }

    /// What one picture may be.
    package var limits: GalleryLimits { GalleryLimits(formats: ingest.formats, uploadBytes: uploadLimit) }

    /// What the routes need besides the gallery.
    ///
    /// - Parameters:
    ///   - origins: Where browsers go for uploads and pictures.
    ///   - access: What ``AccessConfiguration`` opened.
    /// - Returns: The routes' configuration.
    package func web(
        origins: StorageOrigins,
        access: (gate: UploadGate, signIn: (any SignInGuide)?)
    ) -> GalleryWebConfiguration {
        GalleryWebConfiguration(
            publicURL: publicURL,
            origins: origins,
            allowedOrigins: allowedOrigins,
            hookSecret: hookSecret,
            gate: access.gate,
            signIn: access.signIn
        )
    }

    private static func parseOrigins(_ text: String) -> [String]? {
        let origins = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            parsePublicURL(part.split(separator: " ").joined(separator: " ")) ?? nil
        }
        return origins.contains(nil) ? nil : origins.compactMap(\.self)
    }

    private static func parsePublicURL(_ text: String) -> String?? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, ["http:", "https:"].contains(parts[0]), parts[1].isEmpty, !parts[2].isEmpty,
            parts.count == 3 || (parts.count == 4 && parts[3].isEmpty)
        else { return nil }
        return .some(parts[0] + "//" + parts[2])
    }
}
