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

    private init(_ descriptor: Int32) {
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
}

// MARK: Connecting

extension RuntimeSocket {
    /// Why there is no connection, as the system says it.
    struct NotConnected: Error, CustomStringConvertible {
        let description: String
    }

    /// Connects to an address of this machine, which answers at once or not at all.
    ///
    /// - Parameters:
    ///   - endpoint: Where the Runtime API listens; a name is looked up.
    ///   - seconds: The longest that connecting may take.
    /// - Returns: The connection.
    /// - Throws: ``NotConnected``.
    static func connect(to endpoint: RuntimeEndpoint, within seconds: Int) throws(NotConnected) -> RuntimeSocket {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_NUMERICSERV
        unsafe hints.ai_socktype = stream
        var first: UnsafeMutablePointer<addrinfo>? = nil
        let code = unsafe getaddrinfo(endpoint.host, String(endpoint.port), &hints, &first)
        guard code == 0 else { throw NotConnected(description: unsafe String(cString: gai_strerror(code))) }
        defer { unsafe freeaddrinfo(first) }
        var failure = NotConnected(description: "no address")
        var next = unsafe first
        while let address = unsafe next {
            do throws(NotConnected) {
                return try unsafe connect(to: address.pointee, within: seconds)
            } catch {
                failure = error
            }
            unsafe next = address.pointee.ai_next
        }
        throw failure
    }

    private static func connect(to address: addrinfo, within seconds: Int) throws(NotConnected) -> RuntimeSocket {
        let descriptor = unsafe socket(address.ai_family, stream, 0)
        guard descriptor >= 0 else { throw .last }
        let socket = RuntimeSocket(descriptor)
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        var yes: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        #if canImport(Darwin)
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
        #endif
        guard unsafe systemConnect(descriptor, address.ai_addr, address.ai_addrlen) == 0 else { throw .last }
        let flags = fcntl(descriptor, F_GETFL)
        guard fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw .last
        }
        return socket
    }
}

extension RuntimeSocket.NotConnected {
    /// What the system's last call failed of.
    fileprivate static var last: Self { Self(description: unsafe String(cString: strerror(errno))) }
}

// MARK: The system's names

#if canImport(Darwin)
    private let stream = SOCK_STREAM
#elseif canImport(Glibc)
    private let stream = Int32(SOCK_STREAM.rawValue)
#else
    private let stream = Int32(SOCK_STREAM)
#endif

private func systemConnect(_ descriptor: Int32, _ address: UnsafeMutablePointer<sockaddr>?, _ size: socklen_t) -> Int32
{
    unsafe connect(descriptor, address, size)
}

extension RuntimeSocket {
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
