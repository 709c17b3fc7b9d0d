import Logging
import NIOCore
import NIOHTTP1

/// An internal extension that wants no events: with one registered, Lambda ends the process by SIGTERM and half a
/// second later by SIGKILL; without, by SIGKILL at once.
struct ShutdownExtension: Sendable {
    private static let patience = TimeAmount.seconds(1)
    private static let bodyLimit = 1024 * 1024

    private let connection: RuntimeConnection
    private let identifier: String

    /// Registers, which must happen before the first event is asked for.
    ///
    /// - Returns: nil where there is no such thing, or when it does not answer: a function works without.
    static func register(_ runtime: LambdaRuntime) async -> ShutdownExtension? {
        guard let name = runtime.configuration.extensionName else { return nil }
        do {
            let connection = try await RuntimeConnection.connect(
                to: runtime.configuration.endpoint,
                on: runtime.group,
                bodyLimit: bodyLimit
            )
            let reply = try await connection.begin(.register(extension: name), within: patience).get()
            guard reply.status == 200, let identifier = reply.headers.first(name: "Lambda-Extension-Identifier") else {
                connection.close()
                runtime.logger.debug("no warning before the end: extension register answered \(reply.status)")
                return nil
            }
            return ShutdownExtension(connection: connection, identifier: identifier)
        } catch {
            runtime.logger.debug("no warning before the end: \(error)")
            return nil
        }
    }

    /// Says that the extension is ready, without which Lambda would wait for it, and stays until cancelled.
    func stay() async {
        let event = connection.begin(.nextEvent(extension: identifier))
        await withTaskCancellationHandler {
            _ = await event.reply()
        } onCancel: {
            connection.close()
        }
        connection.close()
    }
}
