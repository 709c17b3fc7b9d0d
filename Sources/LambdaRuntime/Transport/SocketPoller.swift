import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Waits for sockets by `poll(2)`: all of the process's in one thread, which begins with the first wait.
///
/// Not Dispatch's sources: two of them on one descriptor that is hung up lose the wake-up or end the process.
/// Mutable state: who waits.
final class SocketPoller: Sendable {
    /// The process's own.
    static let shared = SocketPoller()

    private struct State {
        var waits: [SocketWait] = []
        var isRunning = false
    }

    private let state = Mutex(State())
    /// What is written here interrupts `poll`.
    private let bell = Bell()

    private init() {}

    /// Suspends until a descriptor is ready, or the time is up.
    ///
    /// - Parameters:
    ///   - descriptor: Stays open for as long as that lasts.
    ///   - sends: Whether room to send ends the wait, beside something to receive.
    ///   - end: When the wait ends in any case; nil for never.
    ///   - heedsCancellation: Whether the wait ends when the task is cancelled.
    func wait(
        _ descriptor: Int32,
        toSend sends: Bool,
        until end: ContinuousClock.Instant?,
        heedsCancellation: Bool
    ) async {
        let wait = SocketWait(descriptor, toSend: sends, until: end)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if wait.begin(continuation) { add(wait) }
            }
        } onCancel: {
            if heedsCancellation { wait.finish() }
        }
    }

    /// Waits in the present thread.
    static func block(_ descriptor: Int32, toSend sends: Bool, until end: ContinuousClock.Instant?) {
        var entries = [SocketWait(descriptor, toSend: sends, until: end).entry]
        poll(&entries, until: end)
    }

    private func add(_ wait: SocketWait) {
        let begins = state.withLock { state in
            state.waits.append(wait)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if begins {
            DispatchQueue(label: "imgn.lambda-runtime").async { self.run() }
        } else {
            bell.ring()
        }
    }

    /// For ever: a wait that is over is left out of the next round.
    private func run() {
        while true {
            let waits = state.withLock { state in
                state.waits.removeAll { $0.isOver }
                return state.waits
            }
            var entries = [bell.entry] + waits.map(\.entry)
            Self.poll(&entries, until: waits.compactMap(\.end).min())
            if entries[0].revents != 0 { bell.silence() }
            let now = ContinuousClock.now
            for (wait, entry) in zip(waits, entries.dropFirst()) where entry.revents != 0 || wait.isDue(now) {
                wait.finish()
            }
        }
    }

    private static func poll(_ entries: inout [pollfd], until end: ContinuousClock.Instant?) {
        while true {
            // A millisecond more than is left, so that the time is up when it returns.
            let rest = end.map { ($0 - ContinuousClock.now) / .milliseconds(1) + 1 }
            let timeout = rest.map { Int32(max(0, min($0, 1_000_000))) } ?? -1
            // A signal is no reason to stop waiting.
            guard unsafe systemPoll(&entries, nfds_t(entries.count), timeout) < 0, errno == EINTR else { return }
        }
    }
}

/// One wait.
///
/// Mutable state: whether it has begun, and whether it is over.
private final class SocketWait: Sendable {
    private enum Step {
        case fresh, over
        case waiting(CheckedContinuation<Void, Never>)
    }

    /// For `poll`.
    let entry: pollfd
    /// When it ends in any case.
    let end: ContinuousClock.Instant?
    private let step = Mutex(Step.fresh)

    init(_ descriptor: Int32, toSend sends: Bool, until end: ContinuousClock.Instant?) {
        entry = pollfd(fd: descriptor, events: Int16(sends ? POLLIN | POLLOUT : POLLIN), revents: 0)
        self.end = end
    }

    var isOver: Bool {
        step.withLock { if case .over = $0 { true } else { false } }
    }

    func isDue(_ now: ContinuousClock.Instant) -> Bool {
        end.map { $0 <= now } ?? false
    }

    /// Takes who waits; false when it is over already, which is told at once.
    func begin(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        let begins = step.withLock { step in
            if case .over = step { return false }
            step = .waiting(continuation)
            return true
        }
        if !begins { continuation.resume() }
        return begins
    }

    /// Ends it; only the first time counts.
    func finish() {
        let waiting = step.withLock { step in
            defer { step = .over }
            return step
        }
        if case .waiting(let continuation) = waiting { continuation.resume() }
    }
}

/// A pipe to oneself.
private struct Bell: Sendable {
    private let ear: Int32
    private let rope: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        precondition(unsafe pipe(&ends) == 0, "the system gives no pipe")
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (ear, rope) = (ends[0], ends[1])
    }

    /// For `poll`.
    var entry: pollfd { pollfd(fd: ear, events: Int16(POLLIN), revents: 0) }

    /// A pipe that is full has rung.
    func ring() {
        var byte: UInt8 = 0
        _ = unsafe write(rope, &byte, 1)
    }

    func silence() {
        var bytes: [UInt8] = Array(repeating: 0, count: 64)
        while unsafe read(ear, &bytes, bytes.count) == bytes.count {}
    }
}

private func systemPoll(_ entries: UnsafeMutablePointer<pollfd>, _ count: nfds_t, _ timeout: Int32) -> Int32 {
    unsafe poll(entries, count, timeout)
}
