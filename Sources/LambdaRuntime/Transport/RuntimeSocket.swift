import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A TCP connection that never blocks, closed when nobody holds it any more.
///
/// No state of ours changes: what changes is the system's.
final class RuntimeSocket: Sendable {
    /// What a try to send or receive came to.
    enum Outcome: Equatable {
        /// So many bytes were moved; none were received when the other side has finished.
        case moved(Int)
        /// Not now; it is worth waiting.
        case wouldBlock
        /// The line broke.
        case broken
    }

    /// The system's number for it.
    let descriptor: Int32

    /// Takes over a descriptor.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        _ = close(descriptor)
    }

    /// Sends as much as the system takes at once.
    func send(_ bytes: ByteBuffer) -> Outcome {
        unsafe bytes.withUnsafeReadableBytes { bytes in
            Self.outcome { unsafe Self.send(descriptor, bytes) }
        }
    }

    /// Receives what is there, up to a number of bytes.
    func receive(upTo count: Int, into buffer: inout ByteBuffer) -> Outcome {
        var outcome = Outcome.broken
        unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
            outcome = Self.outcome { unsafe recv(descriptor, space.baseAddress, count, 0) }
            guard case .moved(let count) = outcome else { return 0 }
            return count
        }
        return outcome
    }

    /// Ends both directions; who waits is woken.
    func hangUp() {
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private static func outcome(_ operation: () -> Int) -> Outcome {
        while true {
            let count = operation()
            if count >= 0 { return .moved(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN, EWOULDBLOCK: return .wouldBlock
            default: return .broken
            }
        }
    }

    /// Without the signal that a line which broke would send.
    private static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            unsafe Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
        #elseif canImport(Glibc)
            unsafe Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #else
            unsafe Musl.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
    }
}

// MARK: Waiting

extension RuntimeSocket {
    /// How a wait is spent.
    enum Waiting: Sendable {
        /// In the present thread: only where nothing else runs in the process yet.
        case blocking
        /// Suspended, whatever becomes of the task.
        case suspended
        /// Suspended until the task is cancelled.
        case cancellable
    }

    /// Waits until there is something to receive, or, where that is asked for, room to send; or the time is up.
    ///
    /// - Parameters:
    ///   - sends: Whether room to send ends the wait, too.
    ///   - end: When the wait ends in any case; nil for never.
    ///   - waiting: How.
    func wait(toSend sends: Bool = false, until end: ContinuousClock.Instant? = nil, _ waiting: Waiting) async {
        switch waiting {
        case .blocking: SocketPoller.block(descriptor, toSend: sends, until: end)
        case .suspended, .cancellable:
            let heedsCancellation = waiting == .cancellable
            await SocketPoller.shared.wait(descriptor, toSend: sends, until: end, heedsCancellation: heedsCancellation)
        }
    }
}
