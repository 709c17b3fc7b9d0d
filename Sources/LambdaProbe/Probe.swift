import LambdaRuntime
import Logging
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A function for tests: it does what its event's first word says, and knows each way to fail.
@main
enum Probe {
    static func main() async {
        let environment = Self.environment
        let format = LambdaLogFormat(environment: environment)
        let logger = Logger(label: "LambdaProbe") { label in LambdaLogHandler(label: label, format: format) }
        let runtime: LambdaRuntime
        do {
            runtime = LambdaRuntime(configuration: try .init(environment: environment), logger: logger)
            if let way = environment["PROBE_START"] { try start(way) }
        } catch {
            await LambdaRuntime.reportInitializationFailure(error, environment: environment, logger: logger)
            exit(1)
        }
        do {
            try await runtime.run { event, invocation in try await Deed(event, invocation).answer() }
            logger.info("stopped in good order")
        } catch {
            logger.critical("\(error)")
            exit(1)
        }
    }

    /// Fails to start, as asked.
    private static func start(_ way: String) throws {
        if way == "crash" { Deed.trap() }
        throw ProbeFailure(errorType: "BadConfiguration", errorMessage: "PROBE_START is \"\(way)\"")
    }

    /// What of the environment a runtime looks at.
    private static var environment: [String: String] {
        let names = [
            "AWS_LAMBDA_RUNTIME_API", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_MAX_CONCURRENCY", "AWS_LAMBDA_LOG_FORMAT", "AWS_LAMBDA_LOG_LEVEL", "PROBE_START",
        ]
        return names.reduce(into: [:]) { found, name in
            if let value = unsafe getenv(name) { unsafe found[name] = String(cString: value) }
        }
    }
}

/// An error that names its own type.
struct ProbeFailure: InvocationFailure {
    /// The type.
    let errorType: String
    /// The sentence.
    let errorMessage: String
}
