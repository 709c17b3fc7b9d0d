import ArgumentParser
import GalleryHosting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why the server could not start: one sentence, the way out, and an exit code of `sysexits.h`.
enum StartFailure: CommandFailure {
    case configuration([String])
    case dataFolder(path: String, reason: String)
    case dataFolderInUse(path: String)
    case credentials(path: String, reason: String)
    case store(reason: String)
    case storage(StorageFailure)
    case catalog(CatalogFailure)
    case addressInUse(host: String, port: Int)
    case sweep(reason: String)
    case decoder(reason: String)
    case noRenditions

    var description: String {
        switch self {
        case .configuration(let problems):
            "the configuration has \(problems.count == 1 ? "a problem" : "\(problems.count) problems"):\n"
                + problems.map { "  - \($0)" }.joined(separator: "\n")
        case .dataFolder(let path, let reason):
            "the data folder \(path) cannot be used: \(reason). Give imgn a folder it may write to, with --data."
        case .dataFolderInUse(let path):
            "another imgn uses the data folder \(path). Stop that one, or choose another folder with --data."
        case .credentials(let path, let reason):
            "the keys in \(path) cannot be used: \(reason). Mend the file, or remove it to have new keys made."
        case .store(let reason):
            "the data cannot be opened: \(reason)."
        case .storage(let failure):
            "\(failure) `imgn doctor` with the same flags finds out what to do."
        case .catalog(let failure):
            "\(failure). It needs a table of DynamoDB with the keys pk and sk, both strings: see --catalog."
        case .addressInUse(let host, let port):
            "\(host):\(port) is taken by another program. Choose another port with --port; 0 picks a free one."
        case .sweep(let reason):
            "the sweep came to no end: \(reason). What it did stays done; run it again."
        case .decoder(let reason):
            "pictures cannot be decoded here: \(reason). IMGN_RENDITIONS=off runs the gallery without a decoder."
        case .noRenditions:
            "IMGN_RENDITIONS is off, so there is nothing that makes renditions. Leave it out, or set it to on."
        }
    }

    var exitCode: ExitCode {
        switch self {
        case .configuration, .credentials, .noRenditions: ExitCode(78)  // EX_CONFIG
        case .dataFolder, .store: ExitCode(73)  // EX_CANTCREAT
        case .storage, .catalog, .decoder: ExitCode(69)  // EX_UNAVAILABLE
        case .dataFolderInUse, .addressInUse, .sweep: ExitCode(75)  // EX_TEMPFAIL
        }
    }
}
