import GalleryCore
import Hummingbird
import Logging

/// One more thing that must work before requests make sense.
package struct ReadinessCheck: Sendable {
    let name: String
    let check: @Sendable () async throws -> Void

    package init(name: String, check: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.check = check
    }
}

/// `/healthz`: the process answers; `/readyz`: catalog and store answer, too.
struct HealthRoutes: Sendable {
    let gallery: Gallery
    let checks: [ReadinessCheck]

    private struct Health: Encodable {
        let status: String
        var failing: [String]?
        /// What waits to be looked at in this process.
        var ingest: Backlog?
    }

    private struct Backlog: Encodable {
        let waiting: Int
        let underWay: Int

        init(_ count: IngestBacklog.Count) {
            waiting = count.waiting
            underWay = count.underWay
        }
    }

    @Sendable func alive(request: Request, context: some RequestContext) throws -> Response {
        try .json(Health(status: "ok"))
    }

    @Sendable func ready(request: Request, context: some RequestContext) async throws -> Response {
        let all =
            [
                ReadinessCheck(name: "catalog") { _ = try await gallery.page(after: nil, limit: 1) },
                ReadinessCheck(name: "storage") { try await gallery.storage.checkReady() },
            ] + checks
        var failing: [String] = []
        for check in all {
            do {
                try await check.check()
            } catch {
                context.logger.error("not ready", metadata: ["check": "\(check.name)", "error": "\(error)"])
                failing.append(check.name)
            }
        }
        let ingest = gallery.backlog.map(Backlog.init)
        guard failing.isEmpty else {
            let health = Health(status: "unavailable", failing: failing, ingest: ingest)
            return try .json(health, status: .serviceUnavailable)
        }
        return try .json(Health(status: "ok", ingest: ingest))
    }
}
