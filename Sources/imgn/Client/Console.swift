import GalleryClient

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The two streams of the process, written at once and without a buffer.
enum Console {
    /// Writes a line of results for people.
    ///
    /// Names, addresses and reasons in it are a server's words: what a terminal would take for a command is left out.
    static func out(_ line: String) { data(TerminalText.harmless(line)) }

    /// Writes a line of results for programs, as it is.
    static func data(_ line: String) { put(line + "\n", to: STDOUT_FILENO) }

    /// Writes a line about what goes on, made harmless as ``out(_:)`` does.
    static func note(_ line: String) { put(TerminalText.harmless(line) + "\n", to: STDERR_FILENO) }

    /// Writes to standard error as it is.
    static func draw(_ text: String) { put(text, to: STDERR_FILENO) }

    /// Whether progress can be drawn: standard error is a terminal that understands the usual commands.
    static func isLively(terminal: String?) -> Bool {
        isatty(STDERR_FILENO) == 1 && terminal != nil && terminal != "dumb"
    }

    /// Columns and rows of the terminal; 80 by 24 when it does not say.
    static var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// What cannot be written is lost: there is nobody to tell.
    private static func put(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
