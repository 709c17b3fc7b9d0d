#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The worker's two ends of the pipes to the server: standard input and output, used blocking.
struct WorkerPipe {
    /// That the server is gone, or says what no server says.
    enum Broken: Error, Equatable {
        case ended
        case flawed(WireFlaw)
    }

    let input: Int32
    let output: Int32

    /// Waits until the server says something.
    ///
    /// - Returns: False when the server has closed its end.
    func waitForServer() -> Bool {
        var line = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        while unsafe poll(&line, 1, -1) < 0 {
            guard errno == EINTR else { return false }
        }
        return line.revents & Int16(POLLIN) != 0
    }

    /// Reads a request and all bytes of its picture.
    func readRequest() throws(Broken) -> (WorkerRequest, [UInt8]) {
        let head = try readHead()
        guard head.kind == .request else { throw .flawed(.outOfOrder) }
        let request: WorkerRequest
        do {
            request = try WorkerRequest(reading: read(head.payloadByteCount))
        } catch let error as WireFlaw {
            throw .flawed(error)
        } catch {
            throw .ended
        }
        var picture: [UInt8] = []
        picture.reserveCapacity(request.byteCount)
        while picture.count < request.byteCount {
            let head = try readHead()
            guard head.kind == .bytes, head.payloadByteCount > 0 else { throw .flawed(.outOfOrder) }
            guard head.payloadByteCount <= request.byteCount - picture.count else { throw .flawed(.tooLarge) }
            picture += try read(head.payloadByteCount)
        }
        return (request, picture)
    }

    /// Writes one message.
    func write(_ kind: FrameHead.Kind, _ payload: some Collection<UInt8>) throws(Broken) {
        try write(FrameHead(kind, payloadByteCount: payload.count).bytes + payload)
    }

    /// Writes a file: its head, then its bytes in pieces.
    func write(_ head: FileHead, _ bytes: [UInt8]) throws(Broken) {
        try write(.file, head.payload)
        for start in stride(from: 0, to: bytes.count, by: FrameHead.pieceByteCount) {
            try write(.bytes, bytes[start..<min(start + FrameHead.pieceByteCount, bytes.count)])
        }
    }

    private func readHead() throws(Broken) -> FrameHead {
        let bytes = try read(FrameHead.byteCount)
        do {
            return try FrameHead(reading: bytes)
        } catch {
            throw .flawed(error)
        }
    }

    /// Reads exactly so many bytes, and not one more: what follows is for another process.
    private func read(_ count: Int) throws(Broken) -> [UInt8] {
        var isWhole = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = unsafe systemRead(input, buffer.baseAddress.map { unsafe $0 + filled }, count - filled)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return }
                filled += got
            }
            isWhole = true
        }
        guard isWhole else { throw .ended }
        return bytes
    }

    private func write(_ bytes: [UInt8]) throws(Broken) {
        var offset = 0
        while offset < bytes.count {
            let sent = unsafe bytes.withUnsafeBytes { buffer in
                unsafe systemWrite(output, buffer.baseAddress.map { unsafe $0 + offset }, bytes.count - offset)
            }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { throw .ended }
            offset += sent
        }
    }
}

private func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    unsafe read(descriptor, start, count)
}

private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, start, count)
}
