import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Leases of a catalog that one process has for itself.
///
/// They are kept in memory: a lease must not outlive the process that took it, or what it was looking at when it
/// crashed would have to wait after its restart.
package final class LeaseBook: Sendable {
    private struct Lease {
        let worker: WorkerID
        let end: Date
    }

    private let leases = Mutex<[ImageID: Lease]>([:])

    package init() {}

    /// Gives a worker the lease, or more of it; false when another one has it.
    package func lease(_ id: ImageID, to worker: WorkerID, from now: Date, seconds: Int) -> Bool {
        leases.withLock { leases in
            if let lease = leases[id], lease.worker != worker, lease.end > now { return false }
            leases[id] = Lease(worker: worker, end: now.addingTimeInterval(TimeInterval(seconds)))
            return true
        }
    }

    /// Ends the lease, if this worker has it.
    package func release(_ id: ImageID, by worker: WorkerID) {
        leases.withLock { leases in
            if leases[id]?.worker == worker { leases[id] = nil }
        }
    }
}
