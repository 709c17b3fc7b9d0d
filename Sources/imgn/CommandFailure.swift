import ArgumentParser

/// What keeps a command from doing its work: one sentence with the way out, and an exit code of `sysexits.h`.
protocol CommandFailure: Error, CustomStringConvertible {
    /// What the process ends with.
    var exitCode: ExitCode { get }
}
