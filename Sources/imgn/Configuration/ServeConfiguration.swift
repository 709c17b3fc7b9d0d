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
struct ServeConfiguration: Sendable {
    let host: String
    let port: Int
    let dataFolder: String
    let keepFree: Int64
    let slowBodyTimeout: Duration
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
        gallery = GallerySettings(flags.gallery, environment: environment, &reader)
    }
}
