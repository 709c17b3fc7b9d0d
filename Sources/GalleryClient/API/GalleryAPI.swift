import AsyncHTTPClient
import NIOCore
import NIOHTTP1

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The gallery's HTTP API: one function a route, each tried again while what goes wrong may be over soon.
///
/// Every route may be asked twice: a ticket that nobody uses costs nothing, and completing, aborting and removing come
/// to the same end however often they are asked for.
package struct GalleryAPI: Sendable {
    /// The most bytes of an answer: a list of 10,000 parts has about one MiB.
    static let longestAnswer = 8 << 20
    /// How long a route may take to answer.
    static let answerTime: Duration = .seconds(30)
    /// How much longer completing may take: a store may copy gigabytes to join them.
    static let joiningTime: Duration = .seconds(600)

    /// Where the gallery is.
    package let server: ServerAddress
    /// Told what is waited for, whenever a request has to be tried again.
    package var onTrouble: @Sendable (String) -> Void = { _ in }
    /// How long and how often a request is tried.
    package var policy: RetryPolicy
    /// Says who asks for tickets; `nil` for nobody in particular.
    package var bearer: String?
    let client: HTTPClient
    let timing: Timing

    /// - Parameters:
    ///   - server: Where the gallery is.
    ///   - client: What carries the requests.
    ///   - policy: How long and how often a request is tried.
    ///   - timing: Time and chance.
    init(server: ServerAddress, client: HTTPClient, policy: RetryPolicy, timing: Timing) {
        self.server = server
        self.client = client
        self.policy = policy
        self.timing = timing
    }

    /// A request to the API.
    struct Call {
        var method = HTTPMethod.GET
        let path: String
        var body: ByteBuffer?
        var bearer: String?
        /// How long the server may hold the answer back, for long polls.
        var hold: Duration = .zero
    }

    /// An answer that is no refusal.
    struct Answer {
        let status: Int
        let body: ByteBuffer

        /// Reads the answer's JSON.
        func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws(GalleryClientError) -> Value {
            let decoder = JSONDecoder()
            decoder.dateDecodingStrategy = .iso8601
            do {
                return try decoder.decode(Value.self, from: Data(body.readableBytesView))
            } catch {
                throw .notAGallery(reason: "its answer is no \(Value.self)")
            }
        }
    }

    /// How one try ended.
    private enum Ending {
        case answer(Answer)
        case refusal(ServerProblem)
        case fault(TransientFault, ServerProblem?)
    }

    /// Asks until there is an answer, a refusal, or no patience left.
    ///
    /// - Throws: ``GalleryClientError``, or `CancellationError`.
    func send(_ call: Call) async throws -> Answer {
        let start = timing.now()
        var count = 0
        while true {
            switch try await attempt(call) {
            case .answer(let answer): return answer
            case .refusal(let problem): throw GalleryClientError.refused(problem)
            case .fault(let fault, let problem):
                let delay = policy.delay(after: fault, count: count, chance: timing.random())
                guard timing.now() - start + delay < policy.patience else {
                    throw problem.map(GalleryClientError.refused) ?? .unreachable(reason: fault.reason)
                }
                onTrouble(fault.reason)
                count += 1
                try await timing.sleep(delay)
            }
        }
    }

    private func attempt(_ call: Call) async throws -> Ending {
        let answer: Answer
        let retryAfter: String?
        do {
            let response = try await client.execute(request(call), deadline: deadline(of: call))
            retryAfter = response.headers.first(name: "retry-after")
            answer = Answer(
                status: Int(response.status.code),
                body: try await response.body.collect(upTo: Self.longestAnswer)
            )
        } catch is NIOTooManyBytesError {
            throw GalleryClientError.notAGallery(reason: "its answer is too long")
        } catch {
            try Task.checkCancellation()
            guard let fault = TransientFault(networkError: error) else {
                throw GalleryClientError.unreachable(reason: "\(server) is no address")
            }
            return .fault(fault, nil)
        }
        guard answer.status >= 300 else { return .answer(answer) }
        let problem = try? answer.decode(ServerProblem.self)
        if let fault = TransientFault(status: answer.status, retryAfter: retryAfter) { return .fault(fault, problem) }
        return .refusal(problem ?? .unexplained(status: answer.status))
    }

    private func request(_ call: Call) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: server.description + call.path)
        request.method = call.method
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "imgn")
        if let bearer = call.bearer { request.headers.add(name: "authorization", value: "Bearer \(bearer)") }
        if let body = call.body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(body)
        }
        return request
    }

    private func deadline(of call: Call) -> NIODeadline {
        .now() + TimeAmount(Self.answerTime + call.hold)
    }
}

extension ServerProblem {
    /// A refusal without problem JSON, as a proxy sends it.
    fileprivate static func unexplained(status: Int) -> ServerProblem {
        ServerProblem(status: status, code: .unknown, detail: "The server answered \(status) and does not say why.")
    }
}
