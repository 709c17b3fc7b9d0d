import Logging
import NIOHTTP1

/// An internal extension that wants no events: with one registered, Lambda ends the process by SIGTERM and half a
/// second later by SIGKILL; without, by SIGKILL at once.
struct ShutdownExtension: Sendable {
    private static let patience = Duration.seconds(1)
    private static let bodyLimit = 1024 * 1024

    private let runtime: LambdaRuntime
    private let identifier: String

    /// Hears whether registering, which was begun on a connection, came to something.
    ///
    /// - Parameters:
    ///   - runtime: Whose process it is.
    ///   - connection: Where it was begun.
    /// - Returns: The extension, nil where there is no such thing, or when it does not answer: a function works
    ///   without. And whether the connection is free for another request.
    static func registered(
        _ runtime: LambdaRuntime,
        on connection: RuntimeConnection
    ) async -> (shutdown: ShutdownExtension?, isFree: Bool) {
        guard connection.isBusy else { return (nil, true) }
        switch await connection.reply(within: patience, .blocking) {
        case .success(let reply):
            if reply.status == 200, let identifier = reply.headers.first(name: "Lambda-Extension-Identifier") {
                return (ShutdownExtension(runtime: runtime, identifier: identifier), reply.keepsAlive)
            }
            runtime.logger.debug("no warning before the end: extension register answered \(reply.status)")
            return (nil, reply.keepsAlive)
        case .failure(let exchange):
            runtime.logger.debug("no warning before the end: \(exchange)")
            return (nil, false)
        }
    }

    /// Says that the extension is ready, without which Lambda would wait for it, and stays until cancelled.
    func stay() async {
        do {
            let endpoint = runtime.configuration.endpoint
            let connection = try await RuntimeConnection.connect(to: endpoint, bodyLimit: Self.bodyLimit)
            connection.begin(.nextEvent(extension: identifier))
            _ = await connection.reply(.cancellable)
            connection.close()
        } catch {
            runtime.logger.debug("no warning before the end: \(error)")
        }
    }
}
