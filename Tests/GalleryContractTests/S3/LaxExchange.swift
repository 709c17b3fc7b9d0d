import AWSTransport
import HTTPTypes
import SigV4
import Synchronization

/// A store that overlooks some headers: they are taken away and the rest is signed again before it sees the request.
struct LaxExchange: HTTPExchange {
    let strict: any HTTPExchange
    let signer: Signer
    /// Lower-case names of the headers it overlooks.
    let overlooked: Set<String>
    /// What was asked, in order: method and path.
    let log = RequestLog()

    /// What old MinIO and Ceph overlook, taken together.
    static let everything: Set<String> = [
        "if-none-match", "if-match", "x-amz-checksum-sha256", "x-amz-checksum-algorithm", "x-amz-checksum-mode",
    ]

    func execute<Answer: Sendable>(
        _ request: AWSHTTPRequest,
        timeouts: AWSTimeouts,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Answer
    ) async throws -> Answer {
        log.note("\(request.method) \(request.target)")
        var request = request
        for field in request.headers where overlooked.contains(field.name.canonicalName) {
            request.headers[field.name] = nil
        }
        if let date = request.headers[named: "x-amz-date"].flatMap(SigningDate.init(basic:)),
            let payload = request.headers[named: "x-amz-content-sha256"].flatMap(PayloadHash.init(headerValue:))
        {
            let signable = SignableRequest(
                method: request.method,
                host: request.authority,
                target: request.target,
                headers: request.headers
            )
            request.headers = signer.sign(signable, payload: payload, at: date).headers
        }
        return try await strict.execute(request, timeouts: timeouts, read)
    }
}

/// Remembers lines across tasks.
final class RequestLog: Sendable {
    private let state = Mutex<[String]>([])

    var lines: [String] { state.withLock { $0 } }

    func note(_ line: String) { state.withLock { $0.append(line) } }
}

extension HTTPFields {
    fileprivate subscript(named name: String) -> String? {
        HTTPField.Name(name).flatMap { self[$0] }
    }
}
