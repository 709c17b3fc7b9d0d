import AWSTransport
import GalleryCore
import GalleryWeb
import Logging

/// The settings of `imgn serve`, as they are in effect.
///
/// | flag | variable | type | default |
/// |---|---|---|---|
/// | `--host` | `IMGN_HOST` | host name or address | `127.0.0.1` |
/// | `--port` | `IMGN_PORT` | 0…65535 | `8080` |
/// | `--data` | `IMGN_DATA` | folder | `./data` |
/// | `--public-url` | `IMGN_PUBLIC_URL` | `http(s)://host[:port]` | the request's Host |
/// | `--allowed-origins` | `IMGN_ALLOWED_ORIGINS` | `http(s)://host[:port]`, with commas between | none |
/// | `--upload-limit` | `IMGN_UPLOAD_LIMIT` | bytes | `100MiB` |
/// | `--keep-free` | `IMGN_KEEP_FREE` | bytes | `256MiB` |
/// | `--slow-body-timeout` | `IMGN_SLOW_BODY_TIMEOUT` | duration | `60s` |
/// | – | `IMGN_OWNER_TOKEN`, `IMGN_OWNER_TOKEN_FILE` | secret of 16 characters or more | none |
/// | – | `IMGN_HOOK_SECRET`, `IMGN_HOOK_SECRET_FILE` | secret of 16 characters or more | none |
/// | `--log-level` | `IMGN_LOG_LEVEL` | level | `info` |
struct ServeConfiguration: Sendable {
    let host: String
    let port: Int
    let dataFolder: String
    let publicURL: String?
    let uploadLimit: Int64
    let keepFree: Int64
    let slowBodyTimeout: Duration
    let owner: OwnerToken?
    let allowedOrigins: [String]
    let hookSecret: HookSecret?
    /// Where pictures are kept; `nil` for the data folder.
    ///
    /// Its own settings are listed there.
    let storage: StorageConfiguration?
    let logLevel: Logger.Level

    init(_ flags: ServeCommand, environment: AWSEnvironment, _ reader: inout SettingsReader) {
        host = reader.read(flags.host, "IMGN_HOST", default: "127.0.0.1", expected: "a host name or address") {
            $0.isEmpty ? nil : $0
        }
        port = reader.read(flags.port, "IMGN_PORT", default: 8080, expected: "a number from 0 to 65535") {
            Int($0).flatMap { (0...65535).contains($0) ? $0 : nil }
        }
        dataFolder = reader.read(flags.data, "IMGN_DATA", default: "data", expected: "a folder") {
            $0.isEmpty ? nil : $0
        }
        publicURL = Self.publicURL(flags.publicURL, &reader)
        storage = StorageConfiguration(flags.storage, environment: environment, &reader)
        let size = "a size like 100MiB"
        uploadLimit = reader.read(
            flags.uploadLimit,
            "IMGN_UPLOAD_LIMIT",
            default: 100 << 20,
            expected: "a size like 100MiB, 78GiB at most"
        ) {
            ByteSize.parse($0).flatMap { (1...PartPlan.maximumByteCount).contains($0) ? $0 : nil }
        }
        keepFree = reader.read(
            flags.keepFree,
            "IMGN_KEEP_FREE",
            default: 256 << 20,
            expected: size,
            parse: ByteSize.parse
        )
        slowBodyTimeout = reader.read(
            flags.slowBodyTimeout,
            "IMGN_SLOW_BODY_TIMEOUT",
            default: .seconds(60),
            expected: "a time like 60s",
            parse: TimeSpan.parse
        )
        owner = reader.readSecret("IMGN_OWNER_TOKEN", expected: "a secret of 16 characters or more") { OwnerToken($0) }
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
        let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        logLevel = reader.read(flags.logLevel, "IMGN_LOG_LEVEL", default: .info, expected: "one of \(levels)") {
            Logger.Level(rawValue: $0)
        }
    }

    /// The gallery's own address, for users.
    static func publicURL(_ flag: String?, _ reader: inout SettingsReader) -> String? {
        reader.read(
            flag,
            "IMGN_PUBLIC_URL",
            default: nil,
            expected: "an address without a path, like https://pictures.example",
            parse: parsePublicURL
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
