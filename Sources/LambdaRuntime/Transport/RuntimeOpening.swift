/// What has to be there before the first event is asked for.
struct RuntimeOpening: Sendable {
    /// Has Lambda send SIGTERM; nil where there is no such thing.
    let shutdown: ShutdownExtension?
    /// A first connection, on which an event was asked for; nil when it was of no use: a worker then makes its own.
    let connection: RuntimeConnection?

    /// Connects, and begins to register; what fails of that is tried again, or done without.
    ///
    /// Nothing here waits but for the system to connect, so that the handler is put together meanwhile.
    static func begin(_ runtime: LambdaRuntime) async -> RuntimeConnection? {
        ShutdownSignal.hold()
        let configuration = runtime.configuration
        let (endpoint, limit) = (configuration.endpoint, configuration.eventLimit)
        let connection = try? await RuntimeConnection.connect(to: endpoint, bodyLimit: limit, .blocking)
        if let name = configuration.extensionName { connection?.begin(.register(extension: name)) }
        return connection
    }

    /// Hears whether it is registered, and asks for the first event before anything else is set up.
    static func finish(_ runtime: LambdaRuntime, on connection: RuntimeConnection?) async -> RuntimeOpening {
        guard let connection else { return RuntimeOpening(shutdown: nil, connection: nil) }
        let (shutdown, isFree) = await ShutdownExtension.registered(runtime, on: connection)
        guard isFree else { return RuntimeOpening(shutdown: shutdown, connection: nil) }
        if runtime.configuration.reportsCrashes { CrashReports.polls(worker: 0) }
        connection.begin(.next)
        return RuntimeOpening(shutdown: shutdown, connection: connection)
    }
}
