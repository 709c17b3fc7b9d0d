import CLambdaCrash
import UnixSignals

/// SIGTERM, by which Lambda says that the process will end.
enum ShutdownSignal {
    /// Holds it back until somebody listens for it.
    ///
    /// Else one that comes while the function starts would end the process, event or not: listening takes Dispatch, and
    /// threads, for which the start has no time.
    static func hold() {
        lambda_shutdown_hold()
    }

    /// Comes back when it has come, or the task is cancelled.
    static func wait(_ signals: UnixSignalsSequence) async {
        if lambda_shutdown_came() { return }
        for await _ in signals { return }
    }
}
