import AWSTransport
import GalleryHosting

/// The settings of `imgn serve`, as they are in effect.
///
/// | flag | variable | type | default |
/// |---|---|---|---|
/// | `--host` | `IMGN_HOST` | host name or address | `127.0.0.1` |
/// | `--port` | `IMGN_PORT` | 0…65535 | `8080` |
/// | `--data` | `IMGN_DATA` | folder | `./data` |
/// | `--keep-free` | `IMGN_KEEP_FREE` | bytes | `256MiB` |
/// | `--slow-body-timeout` | `IMGN_SLOW_BODY_TIMEOUT` | duration | `60s` |
/// | `--role` | `IMGN_ROLE` | `all`, `web`, `worker` | `all` |
/// | `--sweep-interval` | `IMGN_SWEEP_INTERVAL` | duration | `30s` |
struct ServeConfiguration: Sendable {
    let host: String
    let port: Int
    let dataFolder: String
    let keepFree: Int64
    let slowBodyTimeout: Duration
    /// What this process does of the gallery's work.
    let role: ServerRole
    let sweepInterval: Duration
    /// What a gallery has wherever it is hosted.
    ///
    /// Its own settings are listed there.
    let gallery: GallerySettings

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
        keepFree = reader.read(
            flags.keepFree,
            "IMGN_KEEP_FREE",
            default: 256 << 20,
            expected: "a size like 100MiB",
            parse: ByteSize.parse
        )
        slowBodyTimeout = reader.read(
            flags.slowBodyTimeout,
            "IMGN_SLOW_BODY_TIMEOUT",
            default: .seconds(60),
            expected: "a time like 60s",
            parse: TimeSpan.parse
        )
        role = reader.read(flags.role, "IMGN_ROLE", default: .all, expected: "all, web or worker") {
            ServerRole(rawValue: $0)
        }
        sweepInterval = reader.read(
            flags.sweepInterval,
            "IMGN_SWEEP_INTERVAL",
            default: .seconds(30),
            expected: "a time like 30s",
            parse: TimeSpan.parse
        )
        gallery = GallerySettings(flags.gallery, environment: environment, &reader)
        if role != .all, gallery.storage == nil || gallery.catalog == nil {
            reader.note("IMGN_ROLE is \(role): a gallery whose work is shared needs IMGN_STORAGE and IMGN_CATALOG")
        }
    }
}
