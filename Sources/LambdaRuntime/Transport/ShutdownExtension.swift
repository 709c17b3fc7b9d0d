import Logging
import NIOCore
import NIOHTTP1

/// An internal extension that wants no events: with one registered, Lambda ends the process by SIGTERM and half a
/// second later by SIGKILL; without, by SIGKILL at once.
struct ShutdownExtension: Sendable {
    private static let patience = TimeAmount.seconds(1)
    private static let bodyLimit = 1024 * 1024

    private let runtime: LambdaRuntime
    private let identifier: String

    /// Registers, which must happen before the first event is asked for.
    ///
    /// - Parameters:
    ///   - runtime: Whose process it is.
    ///   - connection: Is free for another request after this one when an extension is returned, and closed else.
    /// - Returns: nil where there is no such thing, or when it does not answer: a function works without.
    static func register(_ runtime: LambdaRuntime, on connection: RuntimeConnection) async -> ShutdownExtension? {
        guard let name = runtime.configuration.extensionName else { return nil }
        do {
            let reply = try await connection.begin(.register(extension: name), within: patience).get()
            let identifier = reply.headers.first(name: "Lambda-Extension-Identifier")
            if reply.status == 200, reply.keepsAlive, let identifier {
                return ShutdownExtension(runtime: runtime, identifier: identifier)
            }
            runtime.logger.debug("no warning before the end: extension register answered \(reply.status)")
        } catch {
            runtime.logger.debug("no warning before the end: \(error)")
        }
        connection.close()
        return nil
    }

    /// Says that the extension is ready, without which Lambda would wait for it, and stays until cancelled.
    func stay() async {
        do {
            let connection = try await RuntimeConnection.connect(
                to: runtime.configuration.endpoint,
                on: runtime.group,
                bodyLimit: Self.bodyLimit
            )
            let event = connection.begin(.nextEvent(extension: identifier))
            await withTaskCancellationHandler {
                _ = await event.reply()
            } onCancel: {
                connection.close()
            }
            connection.close()
        } catch {
            runtime.logger.debug("no warning before the end: \(error)")
        }
    }
}
