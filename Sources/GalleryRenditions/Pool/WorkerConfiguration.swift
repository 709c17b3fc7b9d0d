package import Thumbnails

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How pictures are decoded: by how many processes, and within which limits.
package struct WorkerConfiguration: Equatable, Sendable {
    /// The program that is a worker when its first argument is ``ThumbnailWorker/subcommand``: this one.
    package var program: String
    /// How many pictures are decoded at once; by default one for each processor.
    package var workerCount: Int
    /// What one picture may cost: `IMGN_DECODE_MEMORY` bytes, and processor time of `IMGN_DECODE_TIMEOUT`.
    package var budget: WorkerBudget
    /// How long one picture may take, in seconds, while the worker is waited for (`IMGN_DECODE_TIMEOUT`).
    package var seconds: Int
    /// How many pictures may wait for a worker; more are told to come again.
    package var queueLimit: Int
    /// After how many pictures a worker is replaced.
    package var picturesPerWorker: Int
    /// The worker's variables: of this process's own only those it has a use for, since others may hold secrets.
    package var variables: [String: String]

    /// The least memory of a worker in bytes: libvips itself, and a small picture.
    package static let leastMemory = 64 << 20

    /// - Parameters:
    ///   - workerCount: How many pictures at once; nil for one for each processor.
    ///   - memoryByteCount: Bytes of memory for one picture.
    ///   - seconds: Seconds for one picture.
    package init(workerCount: Int? = nil, memoryByteCount: Int = 1 << 30, seconds: Int = 30) {
        program = Self.thisProgram
        self.workerCount = max(1, workerCount ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        budget = WorkerBudget(memoryByteCount: max(memoryByteCount, Self.leastMemory), seconds: max(1, seconds))
        self.seconds = max(1, seconds)
        queueLimit = 1000
        picturesPerWorker = 500
        variables = Self.handedOn.reduce(into: [:]) { variables, name in variables[name] = Self.variable(name) }
    }

    private static let handedOn = [
        "LD_LIBRARY_PATH", ThumbnailWorker.libraryVariable, ThumbnailWorker.faultVariable,
    ]

    private static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// The file of this program, also when another one has taken its name meanwhile.
    private static var thisProgram: String {
        #if os(Linux)
            "/proc/self/exe"
        #else
            CommandLine.arguments.first ?? "imgn"
        #endif
    }
}
