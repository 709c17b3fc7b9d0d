import Logging
import NIOCore
import NIOHTTP1

@testable import LambdaRuntime

/// A test's view of a runtime that works against the mock.
struct Harness {
    /// What came of a run.
    enum End: Equatable {
        case stopped
        case failed(LambdaRuntimeError)
    }

    /// A logger that says nothing.
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs a handler while a test talks to the mock, then calls the runtime off.
    ///
    /// - Returns: How the runtime ended; of itself, when the test's own part waits for that by `waits`.
    @discardableResult
    static func run(
        _ configuration: LambdaRuntimeConfiguration,
        untilItEnds waits: Bool = false,
        handler: @escaping LambdaRuntime.Handler,
        _ test: () async throws -> Void
    ) async throws -> End? {
        try await withThrowingTaskGroup(of: End.self) { group in
            group.addTask {
                do throws(LambdaRuntimeError) {
                    try await LambdaRuntime(configuration: configuration, logger: quiet).run(handler)
                    return .stopped
                } catch {
                    return .failed(error)
                }
            }
            try await test()
            if !waits { group.cancelAll() }
            return try await group.next()
        }
    }

    /// Answers with the event.
    static let echo: LambdaRuntime.Handler = { event, _ in .whole(event) }
}

extension AsyncStream<MockRuntimeAPI.Request>.Iterator {
    /// The next request that is not a poll.
    mutating func post() async -> MockRuntimeAPI.Request? {
        while let request = await next(isolation: #isolation) {
            if request.method == .POST { return request }
        }
        return nil
    }

    /// The next poll.
    mutating func poll() async -> MockRuntimeAPI.Request? {
        while let request = await next(isolation: #isolation) {
            if request.method == .GET { return request }
        }
        return nil
    }
}

extension MockRuntimeAPI.Request {
    /// The type in the header of an error.
    var errorType: String? { headers.first(name: "Lambda-Runtime-Function-Error-Type") }
}
