#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension RuntimeSocket {
    /// Why there is no connection, as the system says it.
    struct NotConnected: Error, CustomStringConvertible {
        let description: String
    }

    /// Connects to an address of this machine; a name is looked up, and its addresses are tried in turn.
    ///
    /// - Parameters:
    ///   - endpoint: Where the Runtime API listens.
    ///   - limit: The longest that connecting to one address may take.
    ///   - waiting: How that is spent.
    /// - Returns: The connection.
    /// - Throws: ``NotConnected``.
    static func connect(
        to endpoint: RuntimeEndpoint,
        within limit: Duration,
        _ waiting: Waiting
    ) async throws(NotConnected) -> RuntimeSocket {
        var failure = NotConnected(description: "no address")
        for address in try addresses(of: endpoint) {
            do throws(NotConnected) {
                return try await connect(to: address, within: limit, waiting)
            } catch {
                failure = error
            }
        }
        throw failure
    }

    /// An address as `connect(2)` takes it.
    private struct Address: Sendable {
        let family: Int32
        let bytes: [UInt8]
    }

    private static func addresses(of endpoint: RuntimeEndpoint) throws(NotConnected) -> [Address] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_NUMERICSERV
        unsafe hints.ai_socktype = streamType
        var first: UnsafeMutablePointer<addrinfo>? = nil
        let code = unsafe getaddrinfo(endpoint.host, String(endpoint.port), &hints, &first)
        guard code == 0 else { throw NotConnected(description: unsafe String(cString: gai_strerror(code))) }
        defer { unsafe freeaddrinfo(first) }
        var found: [Address] = []
        var next = unsafe first
        while let entry = unsafe next {
            let (start, count) = unsafe (entry.pointee.ai_addr, Int(entry.pointee.ai_addrlen))
            let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
            found.append(Address(family: unsafe entry.pointee.ai_family, bytes: unsafe Array(bytes)))
            unsafe next = entry.pointee.ai_next
        }
        return found
    }

    private static func connect(
        to address: Address,
        within limit: Duration,
        _ waiting: Waiting
    ) async throws(NotConnected) -> RuntimeSocket {
        let socket = try open(address.family)
        let code = unsafe address.bytes.withUnsafeBytes { bytes in
            unsafe systemConnect(
                socket.descriptor,
                bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count)
            )
        }
        if code == 0 { return socket }
        guard errno == EINPROGRESS || errno == EINTR else { throw NotConnected(code: errno) }
        await socket.wait(toSend: true, until: ContinuousClock.now + limit, waiting)
        var peer = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isConnected = unsafe withUnsafeMutablePointer(to: &peer) { peer in
            unsafe peer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                unsafe getpeername(socket.descriptor, peer, &size) == 0
            }
        }
        guard isConnected else { throw NotConnected(code: socket.pendingError) }
        return socket
    }

    /// A socket that does not block, for this program only.
    private static func open(_ family: Int32) throws(NotConnected) -> RuntimeSocket {
        #if canImport(Darwin)
            let descriptor = Darwin.socket(family, streamType, 0)
        #else
            let descriptor = socket(family, streamType | closeOnExec | nonBlocking, 0)
        #endif
        guard descriptor >= 0 else { throw NotConnected(code: errno) }
        let opened = RuntimeSocket(descriptor)
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, size)
        #if canImport(Darwin)
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, size)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw NotConnected(code: errno) }
        #endif
        return opened
    }

    /// Why the attempt to connect failed; that it took too long, when it is still under way.
    private var pendingError: Int32 {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        return code == 0 ? ETIMEDOUT : code
    }
}

extension RuntimeSocket.NotConnected {
    fileprivate init(code: Int32) {
        self.init(description: unsafe String(cString: strerror(code)))
    }
}

// MARK: The system's names

#if canImport(Darwin)
    private let streamType = SOCK_STREAM
#elseif canImport(Glibc)
    private let streamType = Int32(SOCK_STREAM.rawValue)
    private let closeOnExec = Int32(SOCK_CLOEXEC.rawValue)
    private let nonBlocking = Int32(SOCK_NONBLOCK.rawValue)
#else
    private let streamType = Int32(SOCK_STREAM)
    private let closeOnExec = Int32(SOCK_CLOEXEC)
    private let nonBlocking = Int32(SOCK_NONBLOCK)
#endif

private func systemConnect(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>?, _ size: socklen_t) -> Int32 {
    unsafe connect(descriptor, address, size)
}
