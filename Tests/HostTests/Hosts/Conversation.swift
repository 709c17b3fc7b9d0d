import Foundation
import HTTPTypes
import Synchronization

/// What a client does, the same on every host.
typealias Script = @Sendable (Conversation) async throws -> Void

/// A client, the gallery that it talks to, and what was said.
final class Conversation: Sendable {
    let bench: HostBench
    private let send: @Sendable (Call) async throws -> Reply
    private let said = Mutex<[(call: Call, reply: Reply)]>([])

    init(_ bench: HostBench, send: @escaping @Sendable (Call) async throws -> Reply) {
        self.bench = bench
        self.send = send
    }

    /// What was asked and answered so far.
    var exchanges: [(call: Call, reply: Reply)] { said.withLock { $0 } }

    /// Asks, and remembers the answer.
    @discardableResult
    func ask(_ call: Call) async throws -> Reply {
        let reply = try await send(call)
        said.withLock { $0.append((call, reply)) }
        return reply
    }

    /// Asks without a body.
    @discardableResult
    func get(_ target: String, _ headers: [String: String] = [:]) async throws -> Reply {
        try await ask(Call(.get, target, Calls.fields(headers)))
    }

    /// Asks with JSON.
    @discardableResult
    func post(_ target: String, _ object: Any, _ headers: [String: String] = [:]) async throws -> Reply {
        try await ask(Calls.json(.post, target, object, headers))
    }
}
