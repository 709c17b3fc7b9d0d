import Dispatch
import Synchronization

/// Waiting for the system, without a thread of its own.
extension RuntimeSocket {
    /// Waits until there is something to receive, room to send where that is asked for, or the time is up.
    ///
    /// - Parameters:
    ///   - sends: Whether room to send ends the wait, too.
    ///   - limit: The longest wait; nil for none.
    ///   - heedsCancellation: Whether the wait ends when the task is cancelled.
    func wait(toSend sends: Bool = false, within limit: Duration? = nil, heedsCancellation: Bool) async {
        let wait = SocketWait(descriptor, toSend: sends)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                wait.begin(within: limit) { continuation.resume() }
            }
        } onCancel: {
            if heedsCancellation { wait.stop() }
        }
    }
}

/// One wait for a descriptor.
///
/// Mutable state: what Dispatch watches.
private final class SocketWait: Sendable {
    private static let queue = DispatchQueue(label: "imgn.lambda-runtime")

    private let descriptor: Int32
    private let sends: Bool
    private let state = Mutex(State())

    private struct State {
        var readable: (any DispatchSourceRead)?
        var writable: (any DispatchSourceWrite)?
        var isStopped = false
    }

    /// A wait that has not begun.
    init(_ descriptor: Int32, toSend sends: Bool) {
        self.descriptor = descriptor
        self.sends = sends
    }

    /// Begins, and tells the end, once: when the system has let go of the descriptor, which may be closed from then on.
    func begin(within limit: Duration?, end: @escaping @Sendable () -> Void) {
        let group = DispatchGroup()
        state.withLock { state in
            if state.isStopped { return }
            let readable = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: Self.queue)
            watch(readable, group)
            state.readable = readable
            guard sends else { return }
            let writable = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: Self.queue)
            watch(writable, group)
            state.writable = writable
        }
        group.notify(queue: Self.queue, execute: end)
        if let limit { Self.queue.asyncAfter(deadline: .now() + limit.dispatched) { self.stop() } }
    }

    private func watch(_ source: some DispatchSourceProtocol, _ group: DispatchGroup) {
        group.enter()
        source.setEventHandler { self.stop() }
        source.setCancelHandler { group.leave() }
        source.resume()
    }

    /// Ends the wait, also one that has not begun yet.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            state.readable?.cancel()
            state.writable?.cancel()
        }
    }
}

extension Duration {
    /// The same for Dispatch, rounded down to microseconds.
    fileprivate var dispatched: DispatchTimeInterval {
        .microseconds(Int(clamping: components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000))
    }
}
