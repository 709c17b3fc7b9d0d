import GalleryClient
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A gallery and its store in memory, as the contract promises them, with faults that can be switched on.
///
/// It checks what a real store checks: sizes, digests, that each part went to its own URL, and that nothing is asked
/// for with a token it did not give.
final class FakeGallery: FakeResponder {
    /// What is asked for, as faults and counts name it.
    enum Route: Hashable, Sendable {
        case health, ticket, sign, list, complete, abort, state, page, remove, put, part(Int)
    }

    /// A fault that happens so many times.
    struct Fault: Sendable {
        /// When it happens.
        enum Moment: Sendable {
            /// As soon as the head is there, with the body still on its way.
            case early
            /// Instead of doing what was asked.
            case instead
            /// After doing what was asked: the answer is lost.
            case after
        }

        let route: Route
        var moment = Moment.instead
        let reaction: FakeReaction
        var times = 1
    }

    struct Upload: Sendable {
        let id: String
        let size: Int64
        let sha256: String?
        var parts: [Int: [UInt8]] = [:]
        var bytes: [UInt8]?
        var isComplete = false
    }

    struct State: Sendable {
        var uploads: [String: Upload] = [:]
        var pictures: [String: String] = [:]
        var faults: [Fault] = []
        var counts: [Route: Int] = [:]
        var signedTogether: [[Int]] = []
        var rejection: String?
        var lastID = 0
        var underWay = 0
        var mostUnderWay = 0
    }

    static let partSize = Int(PartPlan.digestPartSize)

    let state: Mutex<State>

    init(faults: [Fault] = []) {
        state = Mutex(State(faults: faults))
    }

    /// Serves it for as long as the body runs.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (ServerAddress) async throws -> Value
    ) async throws -> Value {
        try await FakeServer(responder: self).run { port in
            try await body(try #require(ServerAddress("http://127.0.0.1:\(port)")))
        }
    }

    /// How often a route was asked.
    func count(_ route: Route) -> Int { state.withLock { $0.counts[route, default: 0] } }

    /// The parts that were asked to be taken, counted with their repeats.
    var partPuts: Int {
        state.withLock { state in
            state.counts.reduce(0) { sum, entry in
                guard case .part = entry.key else { return sum }
                return sum + entry.value
            }
        }
    }

    /// What the gallery has, by content digest.
    var published: [String: String] { state.withLock { $0.pictures } }

    func early(_ request: FakeRequest) -> FakeReaction? {
        guard let route = route(of: request) else { return nil }
        return state.withLock { state in
            state.counts[route, default: 0] += 1
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            return state.takeFault(route, .early)
        }
    }

    func late(_ request: FakeRequest) -> FakeReaction {
        guard let route = route(of: request) else { return .answer(404, "") }
        return state.withLock { state in
            state.underWay -= 1
            if let fault = state.takeFault(route, .instead) { return fault }
            let answer = state.answer(request, route)
            return state.takeFault(route, .after) ?? answer
        }
    }

    private func route(of request: FakeRequest) -> Route? {
        switch (request.method, request.path) {
        case (.GET, "/healthz"): .health
        case (.POST, "/api/uploads"): .ticket
        case (.POST, "/api/uploads/parts"): .sign
        case (.GET, "/api/uploads/parts"): .list
        case (.POST, "/api/uploads/complete"): .complete
        case (.DELETE, "/api/uploads"): .abort
        case (.GET, "/api/images"): .page
        case (.DELETE, _): .remove
        case (.PUT, "/store"): request.query["part"].flatMap { Int($0) }.map(Route.part) ?? .put
        case (.GET, let path) where path.hasPrefix("/api/images/"): .state
        default: nil
        }
    }
}

extension FakeGallery.State {
    fileprivate mutating func takeFault(
        _ route: FakeGallery.Route,
        _ moment: FakeGallery.Fault.Moment
    ) -> FakeReaction? {
        let index = faults.firstIndex { $0.route == route && $0.moment == moment && $0.times > 0 }
        guard let index else { return nil }
        faults[index].times -= 1
        return faults[index].reaction
    }
}
