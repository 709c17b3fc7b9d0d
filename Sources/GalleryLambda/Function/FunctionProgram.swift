package import AWSTransport
package import LambdaRuntime
package import Logging

/// A function's program from its start to its end: configuration, connections, runtime.
package struct FunctionProgram: Sendable {
    /// What a handler is made of.
    package struct Parts: Sendable {
        /// The function's settings.
        package let settings: FunctionSettings
        /// Where credentials are looked for.
        package let environment: AWSEnvironment
        /// Sends requests to AWS and its like.
        package let http: any HTTPExchange
        /// Writes Lambda's log.
        package let logger: Logger
    }

    private let name: String
    private let environment: AWSEnvironment
    private let logger: Logger

    /// A program that has not begun.
    package init(name: String, environment: AWSEnvironment = .process) {
        self.name = name
        self.environment = environment
        let format = LambdaLogFormat(environment)
        logger = Logger(label: name, factory: { LambdaLogHandler(label: $0, format: format) })
    }

    /// Runs until Lambda ends it.
    ///
    /// What is wrong before the first event is told to Lambda as an initialization error, all of it at once.
    /// - Parameter makeHandler: Puts the parts together.
    /// - Returns: What the process ends with: 0, or a code of `sysexits.h`.
    package func run(_ makeHandler: @Sendable (Parts) async throws -> LambdaRuntime.Handler) async -> Int32 {
        do {
            let configuration = try LambdaRuntimeConfiguration(environment: environment.variables)
            let runtime = LambdaRuntime(configuration: configuration, logger: logger)
            return try await OnDemandExchange.withExchange { http in
                try await run(runtime) {
                    let settings = try FunctionSettings(environment)
                    let parts = Parts(settings: settings, environment: environment, http: http, logger: logger)
                    return try await makeHandler(parts)
                }
            }
        } catch {
            await LambdaRuntime.reportInitializationFailure(
                error,
                environment: environment.variables,
                logger: logger
            )
            return error is BadConfiguration ? 78 : 70  // EX_CONFIG, EX_SOFTWARE
        }
    }

    /// Settings are read and parts put together while the runtime connects.
    private func run(
        _ runtime: LambdaRuntime,
        preparing prepare: () async throws -> LambdaRuntime.Handler
    ) async throws -> Int32 {
        do {
            try await runtime.run(preparing: prepare)
            return 0
        } catch let error as LambdaRuntimeError {
            logger.critical("the function ends: \(error)")
            return 69  // EX_UNAVAILABLE
        }
    }
}
