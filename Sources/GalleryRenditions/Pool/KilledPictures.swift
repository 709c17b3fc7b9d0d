import GalleryCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// At which pictures a worker was killed from outside: by a system that ran out of memory, as a rule.
///
/// Once may be another's fault, so the picture is tried again; a third time it is the picture's.
final class KilledPictures: Sendable {
    private static let tries = 3
    private static let most = 1000
    private let counts = Mutex<[RenditionRequest: Int]>([:])

    /// Notes that a worker was ended by a signal at a picture.
    ///
    /// - Returns: What that says of the picture.
    func blame(_ request: RenditionRequest, for signal: Int32) -> RenditionError {
        guard signal == SIGKILL || signal == SIGTERM || signal == SIGINT else { return .unreadable }
        let count = counts.withLock { counts in
            if counts.count >= Self.most { counts = [:] }
            counts[request, default: 0] += 1
            return counts[request] ?? 0
        }
        guard count < Self.tries else {
            counts.withLock { $0[request] = nil }
            return .unreadable
        }
        return .unavailable("the system ended the worker; it may be short of memory")
    }
}
