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
        guard failing.isEmpty else {
            return try .json(Health(status: "unavailable", failing: failing), status: .serviceUnavailable)
        }
        return try .json(Health(status: "ok"))
    }
}
