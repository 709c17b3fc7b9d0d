import UnixSignals

/// What has to be there before the first event is asked for.
struct RuntimeOpening: Sendable {
    /// SIGTERM, from now on.
    let signals: UnixSignalsSequence
    /// Has Lambda send it; nil where there is no such thing.
    let shutdown: ShutdownExtension?
    /// A first connection, idle; nil when the one that was made was of no use: a worker then makes its own.
    let connection: RuntimeConnection?

    /// Begins to listen for SIGTERM, connects, and registers; what fails of that is tried again, or done without.
    static func open(_ runtime: LambdaRuntime) async -> RuntimeOpening {
        let configuration = runtime.configuration
        let signals = await UnixSignalsSequence(trapping: .sigterm)
        let connection = try? await RuntimeConnection.connect(
            to: configuration.endpoint,
            on: runtime.group,
            bodyLimit: configuration.eventLimit
        )
        guard let connection else { return RuntimeOpening(signals: signals, shutdown: nil, connection: nil) }
        let shutdown = await ShutdownExtension.register(runtime, on: connection)
        let isFree = shutdown != nil || configuration.extensionName == nil
        return RuntimeOpening(signals: signals, shutdown: shutdown, connection: isFree ? connection : nil)
    }
}
