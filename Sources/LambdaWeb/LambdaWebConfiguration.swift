package import Hummingbird

/// How HTTP goes through a function.
package struct LambdaWebConfiguration: Sendable {
    /// The way in for files that do not pass through a gateway, as refusals name it.
    package var presignedRoute: String
    /// Where the client finds what does not fit into an answer; it is then sent there by 303.
    package var elsewhere: @Sendable (Request) async throws -> String?
    /// Whether the function is invoked with response streaming: answers go out as they are made, without a limit.
    ///
    /// The event does not tell; it is a setting of the function URL (`RESPONSE_STREAM`) or of the REST API (`STREAM`).
    package var streamsAnswers: Bool

    /// How it is done where nothing else is said: whole answers, and nothing is anywhere else.
    package init(
        presignedRoute: String = "POST /api/uploads",
        streamsAnswers: Bool = false,
        elsewhere: @escaping @Sendable (Request) async throws -> String? = { _ in nil }
    ) {
        self.presignedRoute = presignedRoute
        self.streamsAnswers = streamsAnswers
        self.elsewhere = elsewhere
    }
}
