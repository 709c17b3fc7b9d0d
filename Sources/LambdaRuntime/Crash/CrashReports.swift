import CLambdaCrash

/// Tells caller and log of a crash, from within the signal that ends the process.
///
/// Mutable state: the C part's list of invocations under way, one entry a worker.
enum CrashReports {
    /// Begins to watch.
    static func install(_ endpoint: RuntimeEndpoint) {
        // The signal's handler cannot look up names: without an address it writes to the log alone.
        _ = unsafe lambda_crash_install(endpoint.host, Int32(endpoint.port))
    }

    /// A worker asks for an event; from now on a crash is no failure of the initialization any more.
    static func polls(worker: Int) {
        lambda_crash_initialized()
        rests(worker: worker)
    }

    /// A worker has nothing to do with any invocation.
    static func rests(worker: Int) {
        lambda_crash_note(Int32(clamping: worker), nil)
    }

    /// This thread is about to begin with the function's own code, which may use up its stack.
    static func coverThread() {
        lambda_crash_cover_thread()
    }

    /// A worker has an event.
    static func handles(_ requestID: String, worker: Int) {
        unsafe lambda_crash_note(Int32(clamping: worker), requestID)
    }
}
