/// How a runtime works; ``init(environment:)`` reads what Lambda says, all else has the default that fits Lambda.
package struct LambdaRuntimeConfiguration: Sendable, Equatable {
    /// The largest answer that the Runtime API takes: 6 MiB and 100 bytes, the whole JSON document.
    package static let platformAnswerLimit = 6 * 1024 * 1024 + 100
    /// The largest event that Lambda hands to a function.
    package static let platformEventLimit = 6 * 1024 * 1024

    /// Where the Runtime API listens (`AWS_LAMBDA_RUNTIME_API`).
    package var endpoint: RuntimeEndpoint
    /// How many invocations may run at once in this process (`AWS_LAMBDA_MAX_CONCURRENCY`; 1 but on managed instances).
    package var concurrency = 1
    /// Whether this is one of Lambda's managed instances, where several workers share the Runtime API.
    package var isManagedInstance = false
    /// What the function is called (`AWS_LAMBDA_FUNCTION_NAME`).
    package var functionName: String?
    /// The most bytes of an answer that is sent as a whole; a larger one is refused before it is sent.
    package var answerLimit = Self.platformAnswerLimit
    /// The most bytes of an event; there is slack, since the platform's own limit comes first.
    package var eventLimit = Self.platformEventLimit + 1024 * 1024
    /// How long before its deadline a handler is cancelled, so that the caller is answered before the platform kills.
    ///
    /// Invocations with less than four times this have a quarter of their time instead.
    package var leadTime: Duration = .milliseconds(300)
    /// The internal extension that is registered so that Lambda sends SIGTERM and not SIGKILL at once; nil for none.
    package var extensionName: String? = "imgn-graceful-shutdown"
    /// Whether signals that end the process (a Swift trap, a bad access) are first told to caller and log.
    package var reportsCrashes = true

    /// A configuration for an endpoint, with the defaults for the rest.
    package init(endpoint: RuntimeEndpoint) {
        self.endpoint = endpoint
    }

    /// Reads what Lambda says in the environment; a variable that is empty counts as absent.
    ///
    /// - Throws: ``LambdaRuntimeError/notOnLambda`` and ``LambdaRuntimeError/badSetting(name:value:)``.
    package init(environment: [String: String]) throws(LambdaRuntimeError) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let api = value("AWS_LAMBDA_RUNTIME_API") else { throw .notOnLambda }
        guard let endpoint = RuntimeEndpoint(api) else { throw .badSetting(name: "AWS_LAMBDA_RUNTIME_API", value: api) }
        self.init(endpoint: endpoint)
        functionName = value("AWS_LAMBDA_FUNCTION_NAME")
        isManagedInstance = value("AWS_LAMBDA_INITIALIZATION_TYPE") == "lambda-managed-instances"
        if let text = value("AWS_LAMBDA_MAX_CONCURRENCY") {
            guard let count = Int(text), (1...1_000).contains(count) else {
                throw .badSetting(name: "AWS_LAMBDA_MAX_CONCURRENCY", value: text)
            }
            concurrency = count
        }
    }
}
