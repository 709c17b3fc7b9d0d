import NIOCore
import Synchronization

/// Hands a request's body from the task that reads it to the task of the HTTP client that writes it.
///
/// The client reads bodies in a task of its own that outlives a cancelled request. With this between the two, the
/// source is read by a task of the exchange: when that ends, nobody touches the source any more.
///
/// Mutable state: at most one piece and one waiting side, behind a lock; continuations resume outside of it.
final class BodyHandover: Sendable {
    private let state = Mutex(State.idle)

    private enum State {
        /// Nobody waits.
        case idle
        /// The client wants a piece.
        case wanted(CheckedContinuation<ByteBuffer?, any Error>)
        /// The source has a piece.
        case offered(ByteBuffer, CheckedContinuation<Void, any Error>)
        /// Nothing more comes: the end, or why there is none.
        case closed((any Error)?)
    }

    /// Offers a piece, and waits until the client has taken it.
    ///
    /// - Throws: `CancellationError` when the exchange is over.
    func offer(_ piece: ByteBuffer) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let taker: CheckedContinuation<ByteBuffer?, any Error>?
                let outcome: Result<Void, any Error>?
                (taker, outcome) = state.withLock { state in
                    switch state {
                    case .idle:
                        state = .offered(piece, continuation)
                        return (nil, nil)
                    case .wanted(let taker):
                        state = .idle
                        return (taker, .success(()))
                    case .offered, .closed:
                        return (nil, .failure(CancellationError()))
                    }
                }
                taker?.resume(returning: piece)
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            close(CancellationError())
        }
    }

    /// Ends the body.
    ///
    /// - Parameter error: Why it is not complete, `nil` when it is.
    func close(_ error: (any Error)? = nil) {
        let before = state.withLock { state in
            let before = state
            if case .closed = before { return before }
            state = .closed(error)
            return before
        }
        switch before {
        case .wanted(let taker):
            if let error { taker.resume(throwing: error) } else { taker.resume(returning: nil) }
        case .offered(_, let giver): giver.resume(throwing: error ?? CancellationError())
        case .idle, .closed: break
        }
    }

    /// Why the source failed, `nil` when it did not.
    var failure: (any Error)? {
        state.withLock { state in
            if case .closed(let error) = state { error } else { nil }
        }
    }

    /// Takes the next piece, `nil` at the end.
    func take() async throws -> ByteBuffer? {
        try await withCheckedThrowingContinuation { continuation in
            let giver: CheckedContinuation<Void, any Error>?
            let outcome: Result<ByteBuffer?, any Error>?
            (giver, outcome) = state.withLock { state in
                switch state {
                case .idle:
                    state = .wanted(continuation)
                    return (nil, nil)
                case .offered(let piece, let giver):
                    state = .idle
                    return (giver, .success(piece))
                case .closed(let error):
                    return (nil, error.map { .failure($0) } ?? .success(nil))
                case .wanted:
                    return (nil, .failure(CancellationError()))
                }
            }
            giver?.resume()
            if let outcome { continuation.resume(with: outcome) }
        }
    }
}

extension BodyHandover: AsyncSequence {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    func makeAsyncIterator() -> Iterator { Iterator(handover: self) }

    /// Takes piece after piece.
    struct Iterator: AsyncIteratorProtocol {
        fileprivate let handover: BodyHandover

        mutating func next() async throws -> ByteBuffer? {
            try await handover.take()
        }
    }
}
