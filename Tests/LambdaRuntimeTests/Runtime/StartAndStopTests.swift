import Logging
import NIOCore
import NIOHTTP1
import Testing

@testable import LambdaRuntime

/// What happens before the first event and after the last.
@Suite("LambdaRuntime, start and stop", .timeLimit(.minutes(1)))
struct StartAndStopTests {
    private struct NoTable: InvocationFailure {
        let errorType = "MissingTable"
        let errorMessage = "IMGN_CATALOG is not set"
    }

    @Test("an extension is registered before the first event is asked for, and stays by a connection of its own")
    func extensionRegisters() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var configuration = configuration
            configuration.extensionName = "stay"
            api.answer("register", with: .status(200, headers: "Lambda-Extension-Identifier: id-1\r\n"))
            var requests = api.requests.makeAsyncIterator()
            let end = try await Harness.run(configuration, handler: Harness.echo) {
                let register = try #require(await requests.post())
                #expect(register.path == "/2020-01-01/extension/register" && register.text == #"{"events":[]}"#)
                #expect(register.headers["Lambda-Extension-Name"] == ["stay"])
                #expect(api.seen.first == register)
                var polls = [await requests.poll(), await requests.poll()].compactMap { $0 }
                polls.sort { $0.path < $1.path }
                #expect(
                    polls.map(\.path) == ["/2018-06-01/runtime/invocation/next", "/2020-01-01/extension/event/next"]
                )
                #expect(polls.last?.headers["Lambda-Extension-Identifier"] == ["id-1"])
                #expect(polls.first?.connection != polls.last?.connection)
                api.deliver(.event("one"))
                #expect(await requests.post()?.what == "response")
            }
            #expect(end == .stopped)
        }
    }

    @Test(
        "where there are no extensions, a function works without",
        arguments: [MockRuntimeAPI.Answer.status(404), .status(202), .hangUp, .bytes("nonsense\r\n\r\n")]
    )
    func noExtensions(answer: MockRuntimeAPI.Answer) async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var configuration = configuration
            configuration.extensionName = "stay"
            api.answer("register", with: answer)
            api.deliver(.event("one"))
            var requests = api.requests.makeAsyncIterator()
            try await Harness.run(configuration, handler: Harness.echo) {
                _ = await requests.post()
                #expect(await requests.post()?.what == "response")
            }
        }
    }

    @Test("an extension API that does not answer holds the start up for a moment, not for ever")
    func silentExtensions() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var configuration = configuration
            configuration.extensionName = "stay"
            api.answer("register", with: .init(pieces: []))
            api.deliver(.event("one"))
            var requests = api.requests.makeAsyncIterator()
            try await Harness.run(configuration, handler: Harness.echo) {
                _ = await requests.post()
                #expect(await requests.post()?.what == "response")
            }
        }
    }

    @Test("no event is asked for before the handler is put together, and the connection of the start is used on")
    func preparation() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var configuration = configuration
            configuration.extensionName = "stay"
            api.answer("register", with: .status(200, headers: "Lambda-Extension-Identifier: id-1\r\n"))
            let runtime = LambdaRuntime(configuration: configuration, logger: Harness.quiet)
            try await withThrowingTaskGroup { group in
                var requests = api.requests.makeAsyncIterator()
                let (prepared, signal) = AsyncStream.makeStream(of: Void.self)
                group.addTask {
                    try await runtime.run {
                        for await _ in prepared { break }
                        return Harness.echo
                    }
                }
                let register = try #require(await requests.post())
                #expect(api.seen == [register])
                signal.yield()
                let polls = [await requests.poll(), await requests.poll()]
                let next = try #require(polls.first { $0?.what == "next" && $0?.path.contains("runtime") == true })
                #expect(next?.connection == register.connection)
                group.cancelAll()
            }
        }
    }

    @Test("what keeps the handler from being put together is thrown, and no event was asked for")
    func failedPreparation() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            let runtime = LambdaRuntime(configuration: configuration, logger: Harness.quiet)
            await #expect(throws: NoTable.self) { try await runtime.run { throw NoTable() } }
            #expect(api.seen.isEmpty)
        }
    }

    @Test("why a function cannot start is told to Lambda, as the runtime's error")
    func initializationFailure() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            let environment = ["AWS_LAMBDA_RUNTIME_API": configuration.endpoint.authority]
            var requests = api.requests.makeAsyncIterator()
            await LambdaRuntime.reportInitializationFailure(NoTable(), environment: environment, logger: Harness.quiet)
            let post = try #require(await requests.post())
            #expect(post.path == "/2018-06-01/runtime/init/error" && post.errorType == "Runtime.MissingTable")
            #expect(post.text.contains("IMGN_CATALOG is not set"))
        }
    }

    @Test("a report that nobody takes does not hold the end up")
    func untakenReport() async throws {
        await LambdaRuntime.reportInitializationFailure(NoTable(), environment: [:], logger: Harness.quiet)
        let nobody = ["AWS_LAMBDA_RUNTIME_API": "127.0.0.1:1"]
        await LambdaRuntime.reportInitializationFailure(NoTable(), environment: nobody, logger: Harness.quiet)
        try await MockRuntimeAPI.run { api, configuration in
            api.answer("error", with: .init(pieces: []))
            let silent = ["AWS_LAMBDA_RUNTIME_API": configuration.endpoint.authority]
            await LambdaRuntime.reportInitializationFailure(NoTable(), environment: silent, logger: Harness.quiet)
            #expect(api.seen.count == 1)
        }
    }

    @Test("the environment is read: address, name, concurrency, and that empty is absent")
    func environment() throws {
        let configuration = try LambdaRuntimeConfiguration(environment: [
            "AWS_LAMBDA_RUNTIME_API": "169.254.100.1:9001", "AWS_LAMBDA_FUNCTION_NAME": "api",
            "AWS_LAMBDA_MAX_CONCURRENCY": "16", "AWS_LAMBDA_INITIALIZATION_TYPE": "lambda-managed-instances",
        ])
        #expect(configuration.endpoint == RuntimeEndpoint(host: "169.254.100.1", port: 9001))
        #expect(configuration.functionName == "api" && configuration.concurrency == 16)
        #expect(configuration.isManagedInstance)
        let bare = ["AWS_LAMBDA_RUNTIME_API": "127.0.0.1:1", "AWS_LAMBDA_MAX_CONCURRENCY": ""]
        #expect(try LambdaRuntimeConfiguration(environment: bare).concurrency == 1)
        #expect(throws: LambdaRuntimeError.notOnLambda) { try LambdaRuntimeConfiguration(environment: [:]) }
        #expect(throws: LambdaRuntimeError.notOnLambda) {
            try LambdaRuntimeConfiguration(environment: ["AWS_LAMBDA_RUNTIME_API": ""])
        }
    }

    @Test("a value that makes no sense is named", arguments: ["0", "-1", "many", "1001"])
    func badConcurrency(value: String) {
        let environment = ["AWS_LAMBDA_RUNTIME_API": "127.0.0.1:1", "AWS_LAMBDA_MAX_CONCURRENCY": value]
        #expect(throws: LambdaRuntimeError.badSetting(name: "AWS_LAMBDA_MAX_CONCURRENCY", value: value)) {
            try LambdaRuntimeConfiguration(environment: environment)
        }
    }
}
