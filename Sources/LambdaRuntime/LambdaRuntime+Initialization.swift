package import Logging

extension LambdaRuntime {
    private static let patience = Duration.seconds(2)

    /// Tells Lambda and the log why the program cannot start; the program must then exit with an error.
    ///
    /// Only before ``run(_:)``: once an event was asked for, the Runtime API takes no such report.
    ///
    /// - Parameters:
    ///   - error: What went wrong; an ``InvocationFailure`` says its type itself.
    ///   - environment: The environment variables.
    ///   - logger: Writes it to the log.
    package static func reportInitializationFailure(
        _ error: any Error,
        environment: [String: String],
        logger: Logger
    ) async {
        let report = ErrorReport(initialization: error)
        logger.critical("the function cannot start: \(report.message)", metadata: ["errorType": "\(report.type)"])
        guard let configuration = try? LambdaRuntimeConfiguration(environment: environment) else { return }
        do {
            let endpoint = configuration.endpoint
            let connection = try await RuntimeConnection.connect(to: endpoint, bodyLimit: configuration.eventLimit)
            defer { connection.close() }
            connection.begin(.initializationFailure(report))
            let reply = try await connection.reply(within: patience).get()
            // On a managed instance another worker of this function may have told it already.
            guard reply.status >= 300, !(reply.status == 403 && configuration.isManagedInstance) else { return }
            logger.error("the Runtime API did not take the report: \(reply.status)")
        } catch {
            logger.error("the Runtime API did not take the report: \(error)")
        }
    }
}

extension ErrorReport {
    /// Why a program cannot start: always the runtime's business in the eyes of the platform.
    fileprivate init(initialization error: any Error) {
        let report = ErrorReport(error)
        let word = report.type.split(separator: ".").last.map(String.init) ?? ""
        self.init(.runtime, word, report.message)
    }
}
