#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// An OpenID provider: fetches and remembers its documents, and judges tokens by them.
///
/// An actor, because fetching awaits; callers that come meanwhile wait for the same fetch.
package actor OpenIDProvider {
    private struct Documents {
        let provider: ProviderDocument
        let keys: KeySet
    }

    /// The most bytes of a document.
    static let documentLimit = 256 << 10

    private let configuration: OpenIDConfiguration
    private let fetcher: any DocumentFetcher
    private let now: @Sendable () -> Date
    private var documents: Documents?
    private var failure = OpenIDError.provider("The provider was not asked yet.")
    private var schedule = ProviderSchedule()
    private var isFetching = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Makes a provider; nothing is fetched yet.
    package init(
        _ configuration: OpenIDConfiguration,
        fetcher: any DocumentFetcher,
        now: @escaping @Sendable () -> Date
    ) {
        self.configuration = configuration
        self.fetcher = fetcher
        self.now = now
    }

    /// What the provider says of itself.
    ///
    /// - Throws: `provider`; `CancellationError`.
    package func document() async throws -> ProviderDocument {
        try await current(isKeyMissing: false).provider
    }

    /// Whom a token names.
    ///
    /// - Parameter token: A token as it came.
    /// - Returns: What the issuer calls this person (`sub`).
    /// - Throws: ``OpenIDError``; `CancellationError`.
    package func subject(of token: String) async throws -> String {
        let token = try SignedToken(token)
        guard ["RS256", "ES256"].contains(token.header.algorithm) else {
            throw OpenIDError.algorithm(Self.presentable(token.header.algorithm))
        }
        let key = try await key(for: token.header)
        guard key.algorithm == token.header.algorithm, key.isValid(token.signature, for: token.signedBytes) else {
            throw OpenIDError.signature
        }
        try TokenRules(configuration: configuration, now: now().timeIntervalSince1970).check(token.claims)
        return token.claims.subject
    }

    private func key(for header: TokenHeader) async throws -> VerificationKey {
        if let key = try await current(isKeyMissing: false).keys.key(for: header) { return key }
        guard let key = try await current(isKeyMissing: true).keys.key(for: header) else {
            throw OpenIDError.unknownKey
        }
        return key
    }

    private static func presentable(_ algorithm: String) -> String {
        let isWord =
            (1...16).contains(algorithm.utf8.count)
            && algorithm.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return isWord ? algorithm : "an unknown algorithm"
    }
}

// MARK: Documents

extension OpenIDProvider {
    /// The documents, fetched before if it is time for that.
    private func current(isKeyMissing: Bool) async throws -> Documents {
        while schedule.wantsFetch(at: now().timeIntervalSince1970, isKeyMissing: isKeyMissing) {
            if isFetching {
                await withCheckedContinuation { waiting.append($0) }
            } else {
                try await fetch()
            }
            try Task.checkCancellation()
        }
        guard let documents, schedule.mayServe(at: now().timeIntervalSince1970) else { throw failure }
        return documents
    }

    /// Fetches once, and wakes whoever waits, whatever came of it; a cancelled fetch is another caller's to repeat.
    private func fetch() async throws {
        isFetching = true
        defer {
            isFetching = false
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
        do {
            let provider = try ProviderDocument.read(await body(at: configuration.discoveryURL), for: configuration)
            documents = Documents(provider: provider, keys: try KeySet(await body(at: provider.keysURL)))
            schedule.fetched(at: now().timeIntervalSince1970)
        } catch {
            try Task.checkCancellation()
            failure = error as? OpenIDError ?? .provider("The provider failed: \(error).")
            schedule.failed(at: now().timeIntervalSince1970)
        }
    }

    private func body(at url: String) async throws -> Data {
        do {
            return Data(try await fetcher.fetch(url, upTo: Self.documentLimit))
        } catch {
            throw OpenIDError.provider("\(url) cannot be fetched: \(error).")
        }
    }
}
