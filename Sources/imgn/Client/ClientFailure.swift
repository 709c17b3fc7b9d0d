import ArgumentParser
import GalleryClient

/// Why a command that talks to a gallery could not begin.
enum ClientFailure: CommandFailure {
    case badServer(String)
    case badToken
    case noInput(String)
    case unavailable(ServerAddress, GalleryClientError)
    case spool(String)
    case journal(UploadJournal.Failure)

    var description: String {
        switch self {
        case .badServer(let text):
            "\"\(text)\" is no gallery's address. Give one like http://127.0.0.1:8080, with --server or IMGN_SERVER."
        case .badToken: "IMGN_TOKEN has blanks, line ends or other letters that no token has. Give it anew."
        case .noInput(let reason): reason
        case .unavailable(let server, let error):
            "\(server): \(error). Start it with `imgn serve`, or name another with --server or IMGN_SERVER."
        case .spool(let reason): "standard input cannot be copied to a file: \(reason). Set TMPDIR to another folder."
        case .journal(let failure): "what is known of earlier uploads cannot be used: \(failure)."
        }
    }

    var exitCode: ExitCode {
        switch self {
        case .badServer, .badToken: ExitCode(64)  // EX_USAGE
        case .noInput: ExitCode(66)  // EX_NOINPUT
        case .unavailable: ExitCode(69)  // EX_UNAVAILABLE
        case .spool, .journal: ExitCode(74)  // EX_IOERR
        }
    }
}
