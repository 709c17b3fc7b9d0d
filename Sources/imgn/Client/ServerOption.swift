import ArgumentParser
import GalleryClient

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `--server`, of every command that talks to a gallery.
struct ServerOption: ParsableArguments {
    @Option(help: "The gallery's address. [IMGN_SERVER, default: http://127.0.0.1:8080]")
    var server: String?

    /// The gallery that is meant.
    ///
    /// - Throws: `badServer`.
    func address() throws(ClientFailure) -> ServerAddress {
        let text = server ?? ProcessInfo.processInfo.nonEmpty("IMGN_SERVER") ?? "http://127.0.0.1:8080"
        guard let address = ServerAddress(text) else { throw .badServer(text) }
        return address
    }
}

/// The token of `IMGN_TOKEN`, which says who uploads where only some may.
enum UploadBearer {
    /// The token, if there is one.
    ///
    /// - Throws: `badToken` for what no header can carry.
    static func ofThisUser() throws(ClientFailure) -> String? {
        guard let text = ProcessInfo.processInfo.nonEmpty("IMGN_TOKEN") else { return nil }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .badToken }
        return text
    }
}

extension UploadJournal {
    /// The journal of this user: `$XDG_STATE_HOME/imgn`, or `~/.local/state/imgn`.
    static var ofThisUser: UploadJournal {
        let process = ProcessInfo.processInfo
        let home = process.nonEmpty("HOME") ?? "."
        // The XDG specification has paths ignored that are not absolute.
        let state = process.nonEmpty("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        return UploadJournal(folder: (state ?? home + "/.local/state") + "/imgn")
    }
}

extension ProcessInfo {
    /// An environment variable that says something.
    func nonEmpty(_ variable: String) -> String? {
        environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
}
