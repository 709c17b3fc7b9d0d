import NIOCore
import Testing

@testable import LambdaRuntime

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Waiting for sockets: it always ends, however the other side does.
@Suite("LambdaRuntime, waiting for sockets", .timeLimit(.minutes(1)))
struct SocketWaitTests {
    /// Two ends of one line, neither of which blocks.
    private static func pair() -> (RuntimeSocket, RuntimeSocket) {
        var ends: [Int32] = [-1, -1]
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        precondition(unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        return (RuntimeSocket(ends[0]), RuntimeSocket(ends[1]))
    }

    @Test("what has come, what comes, and room to send end a wait")
    func ready() async {
        let (near, far) = Self.pair()
        await near.wait(toSend: true, .suspended)
        _ = far.send(ByteBuffer(string: "a"))
        await near.wait(.suspended)
        var bytes = ByteBuffer()
        #expect(
            near.receive(upTo: 10, into: &bytes) == .moved(1) && near.receive(upTo: 10, into: &bytes) == .wouldBlock
        )
        async let woken: Void = near.wait(.suspended)
        _ = far.send(ByteBuffer(string: "b"))
        await woken
        #expect(near.receive(upTo: 10, into: &bytes) == .moved(1))
    }

    @Test("a line that is hung up on either side wakes who waits to send on it, every time", arguments: [true, false])
    func hangUp(isOurs: Bool) async {
        await withTaskGroup { group in
            for _ in 0..<40 {
                let (near, far) = Self.pair()
                let filler = ByteBuffer(repeating: 0, count: 65_536)
                while case .moved = near.send(filler) {}
                group.addTask { await near.wait(toSend: true, .suspended) }
                group.addTask { isOurs ? near.hangUp() : far.hangUp() }
            }
        }
    }

    @Test("a wait ends at its time, also in the present thread")
    func timeLimit() async {
        let (near, _far) = Self.pair()
        for waiting in [RuntimeSocket.Waiting.suspended, .blocking] {
            let end = ContinuousClock.now + .milliseconds(20)
            await near.wait(until: end, waiting)
            #expect(ContinuousClock.now >= end)
        }
        withExtendedLifetime(_far) {}
    }

    @Test("cancelling ends a wait that heeds it, whether it has begun or not", arguments: [true, false])
    func cancellation(hasBegun: Bool) async {
        let (near, far) = Self.pair()
        let task = Task {
            if !hasBegun { while !Task.isCancelled { await Task.yield() } }
            await near.wait(.cancellable)
        }
        task.cancel()
        await task.value
        let deaf = Task { await near.wait(.suspended) }
        deaf.cancel()
        _ = far.send(ByteBuffer(string: "a"))
        await deaf.value
        var bytes = ByteBuffer()
        #expect(near.receive(upTo: 10, into: &bytes) == .moved(1))
    }
}
