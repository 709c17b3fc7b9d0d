import GalleryWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LambdaRuntime
import LambdaWeb
import NIOCore

/// Where the one router can stand.
enum Host: String, CaseIterable, Sendable {
    case server
    case restAPI = "payload 1.0"
    case httpAPI = "payload 2.0"
    case functionURL = "function URL"
    case balancer = "load balancer"
    case balancerWithLists = "load balancer with lists"

    /// Runs a script against a new gallery on this host.
    ///
    /// - Returns: What was asked and answered.
    func run(_ script: Script, _ setting: HostSetting = HostSetting()) async throws -> [(call: Call, reply: Reply)] {
        let bench = HostBench(setting)
        guard let gateway = Gateway(self) else { return try await runOnServer(script, bench) }
        let router = try bench.router(LambdaRequestContext.self)
        let routes = try bench.routes()
        let configuration = LambdaWebConfiguration { routes.elsewhere($0) }
        let handler = LambdaWebHandler(responder: router.buildResponder(), configuration: configuration)
        let conversation = Conversation(bench) { call in
            let invocation = Invocation(requestID: "3f6f8e1c000040008000000000000001", logger: HostBench.logger)
            guard case .whole(let answer) = try await handler.answer(gateway.event(for: call), invocation) else {
                throw MalformedAnswer()
            }
            return try gateway.reply(answer, to: call)
        }
        try await script(conversation)
        return conversation.exchanges
    }

    /// On a socket, with the HTTP/1.1 of a real connection.
    private func runOnServer(_ script: Script, _ bench: HostBench) async throws -> [(call: Call, reply: Reply)] {
        let app = Application(router: try bench.router(BasicRequestContext.self), logger: HostBench.logger)
        return try await app.test(.live) { client in
            let conversation = Conversation(bench) { call in
                let response = try await client.execute(
                    uri: call.target,
                    method: call.method,
                    headers: call.headers,
                    body: call.body.isEmpty ? nil : ByteBuffer(bytes: call.body)
                )
                return Reply(
                    status: response.status.code,
                    headers: Dictionary(grouping: response.headers, by: \.name.canonicalName)
                        .mapValues { $0.map(\.value) },
                    body: Array(response.body.readableBytesView)
                )
            }
            try await script(conversation)
            return conversation.exchanges
        }
    }
}
