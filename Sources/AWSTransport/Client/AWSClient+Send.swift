import HTTPTypes
import Logging
import NIOCore
import SigV4

extension AWSClient {
    /// Sends a request and has its answer read as it arrives.
    ///
    /// `read` sees 2xx and 304 only. Once it has begun, nothing is tried again: it may have passed bytes on.
    ///
    /// - Parameters:
    ///   - request: What to send.
    ///   - read: Reads the answer; up to 64 KiB it leaves are read and dropped, so that the connection can be reused.
    /// - Returns: What `read` returned.
    /// - Throws: ``AWSError``; `CancellationError`; whatever the request body's reader or `read` throw.
    package func send<Answer: Sendable>(
        _ request: AWSRequest,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Answer
    ) async throws -> Answer {
        let mark = ReadMark()
        return try await withRetries(request, mark) { response in
            mark.set()
            return try await read(response)
        }
    }

    /// Sends a request and reads its whole answer; an answer that breaks off is asked for again.
    ///
    /// - Parameters:
    ///   - request: What to send.
    ///   - limit: The most bytes of the answer to keep in memory.
    /// - Returns: The answer, 2xx or 304.
    /// - Throws: ``AWSError``, of kind `badAnswer` for larger answers; `CancellationError`; whatever the request body's
    ///   reader throws.
    package func collect(_ request: AWSRequest, upTo limit: Int) async throws -> AWSAnswer {
        try await withRetries(request, ReadMark()) { response in
            let body = try await response.collect(upTo: limit)
            return AWSAnswer(status: response.status, headers: response.headers, body: body)
        }
    }
}

extension AWSClient {
    /// How much of an error answer is read.
    static let errorBodyLimit = 65_536

    private func withRetries<Answer: Sendable>(
        _ request: AWSRequest,
        _ mark: ReadMark,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Answer
    ) async throws -> Answer {
        var plan = RetryPlan(configuration.retry, for: request)
        while true {
            var signer: Signer?
            do {
                signer = try await credentials == nil ? nil : self.signer()
                let answer = try await attempt(request, signer, read)
                memory.succeeded(lastCost: plan.lastCost)
                return answer
            } catch let error as AWSError where error.kind == .cancelled {
                throw CancellationError()
            } catch let error as AWSError where !mark.isSet {
                try await recover(from: error, signer?.credentials, &plan)
            }
        }
    }

    /// Signs and sends once.
    private func attempt<Answer: Sendable>(
        _ request: AWSRequest,
        _ signer: Signer?,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Answer
    ) async throws -> Answer {
        let wire = wire(request, signer)
        return try await http.execute(wire, timeouts: configuration.timeouts) { response in
            let serverTime = ServerTime.date(of: response.headers)
            guard response.status.kind == .successful || response.status == .notModified else {
                throw try await refusal(response, serverTime: serverTime)
            }
            if let serverTime {
                _ = memory.learn(serverTime: serverTime, now: configuration.clock.now(), isCertain: false)
            }
            return try await read(response)
        }
    }

    /// The request as it goes on the wire, dated now.
    private func wire(_ request: AWSRequest, _ signer: Signer?) -> AWSHTTPRequest {
        var wire = AWSHTTPRequest(request.method, at: endpoint, target: request.target, headers: request.headers)
        wire.authority = request.host ?? endpoint.authority
        wire.body = request.body
        guard let signer else { return wire }
        let signable = SignableRequest(
            method: request.method,
            host: wire.authority,
            target: request.target,
            headers: request.headers
        )
        wire.headers = signer.sign(signable, payload: request.payload, at: now()).headers
        return wire
    }

    /// The error that an answer other than success stands for.
    private func refusal(_ response: AWSResponse, serverTime: SigningDate?) async throws -> AWSError {
        // A refusal whose explanation breaks off is still that refusal.
        let body = (try? await response.body.prefix(upTo: Self.errorBodyLimit)) ?? ByteBuffer()
        try Task.checkCancellation()
        var error = configuration.errorReader.error(status: response.status, headers: response.headers, body: body)
        error.serverTime = serverTime ?? error.fields["ServerTime"].flatMap(SigningDate.init(iso8601:))
        error.retryAfter = RetryAfter.duration(of: response.headers, now: now())
        return error
    }

    /// Returns when the request is to be sent again, else throws the error.
    private func recover(from error: AWSError, _ used: Credentials?, _ plan: inout RetryPlan) async throws {
        let clock = configuration.clock
        let clockMoved =
            error.serverTime.map { memory.learn(serverTime: $0, now: clock.now(), isCertain: error.isClockSkew) }
            ?? false
        switch plan.step(after: error, clockMoved: clockMoved, random: clock.random()) {
        case .giveUp:
            throw error
        case .redate:
            note(error, "dates the request again")
        case .renew:
            try await renew(used, after: error)
            note(error, "takes new credentials")
        case .wait(let delay):
            let cost = RetryQuota.cost(of: error)
            guard memory.take(cost) else { throw error }
            plan.lastCost = cost
            note(error, "waits \(delay)")
            try await clock.sleep(delay)
        }
    }

    /// Throws the error unless there are other credentials than those that were refused.
    private func renew(_ used: Credentials?, after error: AWSError) async throws {
        guard let credentials, let used else { throw error }
        credentials.refused(used)
        guard try await credentials.credentials(at: now()) != used else { throw error }
    }

    private func note(_ error: AWSError, _ what: String) {
        logger.debug(
            "request failed, another attempt \(what)",
            metadata: [
                "aws.service": "\(service)",
                "aws.error": "\(error.code ?? "\(error.kind)")",
                "aws.request-id": "\(error.requestID ?? "-")",
            ]
        )
    }
}
