import Logging

/// Writes nothing, but keeps what it is told to remember.
///
/// Hummingbird reads a request's id from its logger and traps where there is none; swift-log's own handler that writes
/// nothing forgets it.
struct SilentLogHandler: LogHandler {
    /// What is remembered.
    var metadata: Logger.Metadata = [:]
    /// Nothing is written at any level; this one says so.
    var logLevel = Logger.Level.critical

    /// One remembered value.
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes nothing.
    func log(event: LogEvent) {}
}
