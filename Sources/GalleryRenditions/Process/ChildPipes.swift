#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why a worker's process could not be started.
struct WorkerStartFailure: Error {
    let errno: Int32
}

/// Three pipes to a process.
struct ChildPipes {
    /// A pipe: this process's end, and the other's.
    struct Pipe {
        let near: Int32
        let far: Int32
    }

    let input: Pipe
    let output: Pipe
    let errors: Pipe

    /// Makes the pipes; neither end is inherited by programs that are started.
    init() throws(WorkerStartFailure) {
        let first = try Self.pipe()
        let second: (read: Int32, write: Int32)
        do throws(WorkerStartFailure) { second = try Self.pipe() } catch {
            Self.close([first.read, first.write])
            throw error
        }
        let third: (read: Int32, write: Int32)
        do throws(WorkerStartFailure) { third = try Self.pipe() } catch {
            Self.close([first.read, first.write, second.read, second.write])
            throw error
        }
        input = Pipe(near: first.write, far: first.read)
        output = Pipe(near: second.read, far: second.write)
        errors = Pipe(near: third.read, far: third.write)
    }

    /// Closes the other process's ends in this one.
    func closeFarEnds() { Self.close([input.far, output.far, errors.far]) }

    /// Closes this process's ends.
    func closeNearEnds() { Self.close([input.near, output.near, errors.near]) }

    private static func close(_ descriptors: [Int32]) {
        for descriptor in descriptors { _ = systemClose(descriptor) }
    }

    private static func pipe() throws(WorkerStartFailure) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard unsafe systemPipe(&ends) == 0 else { throw WorkerStartFailure(errno: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

private func systemPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 { unsafe pipe(ends) }
