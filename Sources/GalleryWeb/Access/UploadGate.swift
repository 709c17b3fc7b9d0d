package import GalleryCore
import HTTPTypes
import Hummingbird

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Stands before every way to begin an upload: counts what clients ask for, then asks whether they may.
package struct UploadGate: Sendable {
    private let access: UploadAccess
    private let limiter: (any RateLimiter)?
    private let proxies: TrustedProxies
    private let now: @Sendable () -> Date

    /// Makes a gate.
    ///
    /// - Parameters:
    ///   - access: Who may upload.
    ///   - limiter: Counts; `nil` counts nothing.
    ///   - proxies: Whose word about clients is taken.
    ///   - now: The clock.
    package init(
        access: UploadAccess = UploadAccess(),
        limiter: (any RateLimiter)? = nil,
        proxies: TrustedProxies = TrustedProxies(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.access = access
        self.limiter = limiter
        self.proxies = proxies
        self.now = now
    }

    /// Who may upload.
    var policy: UploadPolicy { access.policy }

    /// Answers a request that begins an upload, if it may.
    ///
    /// - Parameters:
    ///   - request: The request; its body is not touched before it was let in.
    ///   - context: Knows where the request came from.
    ///   - answer: Makes the answer; is told whose the pictures will be.
    /// - Returns: The answer, with headers that tell how much the client may still ask.
    /// - Throws: `GalleryError`, and what `answer` throws.
    func admit(
        _ request: Request,
        _ context: some RequestContext,
        _ answer: (OwnerID?) async throws -> Response
    ) async throws -> Response {
        let decision = try await limiter?.take(client(request, context), at: now())
        if let decision, decision.retryAfter != nil { throw GalleryError.tooManyRequests(decision) }
        var response = try await answer(try await access.admit(request.bearer))
        for field in decision?.headers ?? [:] { response.headers[field.name] = field.value }
        return response
    }

    /// Who asks, if they have signed in and say so.
    func person(_ request: Request) async throws(GalleryError) -> OwnerID? {
        try await access.person(request.bearer)
    }

    private func client(_ request: Request, _ context: some RequestContext) -> ClientKey {
        let peer = (context as? any RemoteAddressRequestContext)?.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
        return proxies.client(peer: peer, forwarded: request.headers[values: .xForwardedFor])
    }
}

extension HTTPField.Name {
    /// What proxies add clients' addresses to.
    fileprivate static var xForwardedFor: HTTPField.Name {
        guard let name = HTTPField.Name("X-Forwarded-For") else { preconditionFailure("the name is a token") }
        return name
    }
}

extension Request {
    /// The token of `Authorization: Bearer …` (RFC 6750, section 2.1).
    var bearer: String? {
        let words = headers[.authorization]?.split(separator: " ") ?? []
        return words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
    }
}

extension RateDecision {
    /// The limit, what is left of it, and when it is whole again (draft-ietf-httpapi-ratelimit-headers-07).
    var headers: HTTPFields {
        var headers = HTTPFields()
        for (name, value) in [("Limit", limit.burst), ("Remaining", remaining), ("Reset", reset)] {
            if let name = HTTPField.Name("RateLimit-\(name)") { headers[name] = "\(value)" }
        }
        if let policy = HTTPField.Name("RateLimit-Policy") {
            headers[policy] = "\(limit.count);w=\(limit.seconds);burst=\(limit.burst)"
        }
        return headers
    }
}
