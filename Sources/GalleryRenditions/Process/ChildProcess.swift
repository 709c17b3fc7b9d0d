import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A process that this one has started, the leader of a group of its own.
final class ChildProcess: Sendable {
    /// How a process ended.
    enum Ending: Equatable {
        case code(Int32)
        /// By a signal that this process did not send.
        case signal(Int32)
        /// Because this process ended it.
        case ended
    }

    private struct State {
        var isKilled = false
        var ending: Ending?
    }

    private let pid: pid_t
    private let state = Mutex(State())

    private init(pid: pid_t) { self.pid = pid }

    /// Starts a program with three pipes.
    ///
    /// - Parameters:
    ///   - command: The program's file, then its arguments.
    ///   - environment: All of its variables, each as `NAME=value`.
    ///   - pipes: What becomes its standard input, output and error.
    /// - Returns: The process; it must be waited for.
    /// - Throws: `WorkerStartFailure` with the system's `errno`.
    static func start(
        _ command: [String],
        environment: [String],
        pipes: ChildPipes
    ) throws(WorkerStartFailure) -> ChildProcess {
        var actions = unsafe SpawnActions.none
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (target, source) in [pipes.input.far, pipes.output.far, pipes.errors.far].enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
        }
        var attributes = SpawnAttributes.none
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        setCleanSlate(&attributes)
        let arguments = CStrings(command)
        let variables = CStrings(environment)
        defer { withExtendedLifetime((arguments, variables)) {} }
        var pid: pid_t = 0
        let failure = unsafe posix_spawn(
            &pid,
            command[0],
            &actions,
            &attributes,
            arguments.pointers,
            variables.pointers
        )
        guard failure == 0 else { throw WorkerStartFailure(errno: failure) }
        return ChildProcess(pid: pid)
    }

    /// A group of its own; all signals as they are by default.
    private static func setCleanSlate(_ attributes: inout SpawnAttributes.Value) {
        var all = sigset_t()
        var none = sigset_t()
        unsafe sigfillset(&all)
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    /// Ends the process and all it has forked, at once.
    func kill() {
        state.withLock { state in
            // A process that was waited for has given its number back.
            guard state.ending == nil else { return }
            state.isKilled = true
            _ = systemKill(-pid, SIGKILL)
        }
    }

    /// Waits until the process has ended; it must have been killed, or have closed its pipes.
    func waitForEnd() async -> Ending {
        await withCheckedContinuation { continuation in
            NIOThreadPool.singleton.submit { _ in continuation.resume(returning: self.reap()) }
        }
    }

    private func reap() -> Ending {
        if let ending = state.withLock(\.ending) { return ending }
        // First without giving the number back, so that nothing else can be hit by ``kill()``.
        var found = unsafe siginfo_t()
        while unsafe waitid(P_PID, id_t(pid), &found, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        return state.withLock { state in
            if let ending = state.ending { return ending }
            var status: Int32 = 0
            while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
            // What it forked ends with it.
            _ = systemKill(-pid, SIGKILL)
            let signal = status & 0x7F
            let ending: Ending =
                signal == 0 ? .code(status >> 8 & 0xFF) : signal == SIGKILL && state.isKilled ? .ended : .signal(signal)
            state.ending = ending
            return ending
        }
    }
}

private func systemKill(_ pid: pid_t, _ signal: Int32) -> Int32 { kill(pid, signal) }

#if canImport(Darwin)
    /// What `posix_spawn` shall do, before it is told anything.
    private enum SpawnActions {
        static var none: posix_spawn_file_actions_t? { nil }
    }

    /// What a process shall be, likewise.
    private enum SpawnAttributes {
        typealias Value = posix_spawnattr_t?
        static var none: Value { nil }
    }
#else
    /// What `posix_spawn` shall do, before it is told anything.
    private enum SpawnActions {
        static var none: posix_spawn_file_actions_t { unsafe posix_spawn_file_actions_t() }
    }

    /// What a process shall be, likewise.
    private enum SpawnAttributes {
        typealias Value = posix_spawnattr_t
        static var none: Value { posix_spawnattr_t() }
    }
#endif

/// Texts as C wants a list of them; it owns them.
@safe private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ texts: [String]) {
        count = texts.count
        unsafe pointers = .allocate(capacity: texts.count + 1)
        for (index, text) in texts.enumerated() { unsafe pointers[index] = strdup(text) }
        unsafe pointers[texts.count] = nil
    }

    deinit {
        for index in 0..<count { unsafe free(pointers[index]) }
        unsafe pointers.deallocate()
    }
}
