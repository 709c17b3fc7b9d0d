#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The variable in which X-Ray's clients look for the trace of the present invocation.
enum TraceEnvironment {
    private static let name = "_X_AMZN_TRACE_ID"

    /// Sets or removes it; only between invocations, and only where one runs at a time.
    static func set(_ traceID: String?) {
        if let traceID {
            unsafe setenv(name, traceID, 1)
        } else {
            unsafe unsetenv(name)
        }
    }
}
