import CSandbox

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The process that decodes: it holds libvips ready, and forks for each picture a process that is confined before it
/// reads a byte, makes that picture's files, and ends.
///
/// So no picture meets memory that another picture has touched, and what a picture does to its process ends with it.
/// When such a process fails, this one ends the same way; the server starts another.
package struct ThumbnailWorker {
    /// The hidden subcommand that a program runs this by, before anything else.
    package static let subcommand = "thumbnail-worker"
    /// Names the file of libvips, where the system does not find it.
    package static let libraryVariable = "IMGN_LIBVIPS"
    /// See ``WorkerFault``.
    package static let faultVariable = "IMGN_WORKER_FAULT"

    private static let descriptors: UInt64 = 16
    private let pipe = WorkerPipe(input: STDIN_FILENO, output: STDOUT_FILENO)
    private let budget: WorkerBudget
    private let fault: WorkerFault
    private let libraryName: String?

    /// Runs the worker if the program was started as one.
    ///
    /// - Parameter arguments: The program's arguments.
    /// - Returns: The exit code; `nil` when the program was started for something else.
    package static func runIfAsked(_ arguments: [String] = CommandLine.arguments) -> Int32? {
        guard arguments.count > 1, arguments[1] == subcommand else { return nil }
        guard let budget = WorkerBudget(arguments.dropFirst(2)) else { return EX_USAGE }
        return ThumbnailWorker(budget).run()
    }

    private init(_ budget: WorkerBudget) {
        self.budget = budget
        fault = WorkerFault(Self.variable(Self.faultVariable))
        libraryName = Self.variable(Self.libraryVariable)
    }

    private func run() -> Int32 {
        csandbox_close_from(STDERR_FILENO + 1)
        csandbox_go_first()
        // Both are told by the call that fails, too; a warning of a library's is no reason to end.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        // ORC, which compiles loops of libvips's, ends the process where it may not; without it they are slower.
        if csandbox_may_write_code() == 0 { unsafe setenv("VIPS_NOVECTOR", "1", 1) }
        do {
            let library = try VipsLibrary(named: libraryName)
            try pipe.write(.ready, greeting(library).payload)
            return serve(library)
        } catch let failure as VipsFailure {
            try? pipe.write(.refused, WorkerRefusal(.unable, words: failure.words).payload)
            return EX_UNAVAILABLE
        } catch {
            return EX_IOERR
        }
    }

    /// Limits this process, and finds out by a child whether the system confines.
    private func greeting(_ library: VipsLibrary) -> WorkerGreeting {
        var limits = csandbox_limits(memory: UInt64(budget.memoryByteCount), descriptors: Self.descriptors)
        let isLimited = unsafe csandbox_limit(&limits) == 0
        let child = csandbox_fork()
        if child == 0 { _exit(csandbox_confine()) }
        let (code, signal) = outcome(of: child)
        return WorkerGreeting(library: library.version, isConfined: code == 0 && signal == 0, isLimited: isLimited)
    }

    private func serve(_ library: VipsLibrary) -> Int32 {
        let parent = getpid()
        while pipe.waitForServer() {
            let child = csandbox_fork()
            if child == 0 { _exit(makeFiles(library, parent: parent)) }
            let (code, signal) = outcome(of: child)
            if signal != 0 { csandbox_die_by(signal) }
            if code != 0 { return code }
        }
        return 0
    }

    private func outcome(of child: pid_t) -> (code: Int32, signal: Int32) {
        var code: Int32 = EX_OSERR
        var signal: Int32 = 0
        guard child > 0, unsafe csandbox_wait(child, &code, &signal) == 0 else { return (EX_OSERR, 0) }
        return (code, signal)
    }

    /// One picture, in a process of its own.
    private func makeFiles(_ library: VipsLibrary, parent: pid_t) -> Int32 {
        guard csandbox_die_with(parent) != ESRCH, csandbox_limit_cpu(UInt64(budget.seconds)) == 0 else {
            return EX_OSERR
        }
        _ = csandbox_confine()
        do {
            let (request, picture) = try pipe.readRequest()
            try answer(request, picture, library)
            return 0
        } catch {
            return error == .ended ? EX_IOERR : EX_PROTOCOL
        }
    }

    private func answer(
        _ request: WorkerRequest,
        _ picture: [UInt8],
        _ library: VipsLibrary
    ) throws(WorkerPipe.Broken) {
        var broken: WorkerPipe.Broken?
        let pipeline = RenditionPipeline(library: library, request: request, fault: fault) { head, bytes in
            // Nobody is there to hear of it; what was still to be made is not made.
            do throws(WorkerPipe.Broken) { try pipe.write(head, bytes) } catch { broken = error }
            return broken == nil
        }
        let summary: WorkerSummary
        do {
            summary = try pipeline.run(picture)
        } catch {
            if let broken { throw broken }
            return try pipe.write(.refused, error.payload)
        }
        try pipe.write(.done, summary.payload)
    }

    private static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
