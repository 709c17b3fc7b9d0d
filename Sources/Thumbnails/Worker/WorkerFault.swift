#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a bad decoder does, on purpose and for tests: `IMGN_WORKER_FAULT=crash@1001,hang@1002,memory@1003` lets the
/// decoder fail in these ways at pictures of these widths, and at no others.
///
/// The variable is read by the worker alone.
struct WorkerFault {
    /// A way to fail.
    enum Kind: String {
        /// An access to memory that is none: SIGSEGV.
        case crash
        /// A loop without end.
        case hang
        /// More and more memory, until there is no more.
        case memory
        /// The end that a system without memory puts to it: SIGKILL from elsewhere.
        case killed
    }

    private let kinds: [Int: Kind]

    /// Reads the variable's value; what it does not understand is no fault.
    init(_ text: String?) {
        var kinds: [Int: Kind] = [:]
        for fault in (text ?? "").split(separator: ",") {
            let parts = fault.split(separator: "@")
            guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), let width = Int(parts[1]) else {
                continue
            }
            kinds[width] = kind
        }
        self.kinds = kinds
    }

    /// Fails if a picture of this width is to fail.
    func strike(width: Int) {
        switch kinds[width] {
        case .crash: raise(SIGSEGV)
        case .killed: raise(SIGKILL)
        case .hang: while true {}
        case .memory: Self.devour()
        case nil: return
        }
    }

    /// Takes memory and writes to it, and crashes as decoders do when there is none left.
    private static func devour() {
        let piece = 16 << 20
        while let memory = unsafe malloc(piece) { unsafe memset(memory, 1, piece) }
        abort()
    }
}
