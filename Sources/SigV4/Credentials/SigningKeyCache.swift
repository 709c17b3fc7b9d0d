import Synchronization

/// The last few signing keys, since deriving one costs more than all else in a signature.
///
/// Mutable state: at most ``capacity`` entries behind a lock that is held for a short search only. An entry is found by
/// its secret too, so a changed secret never meets an old key.
final class SigningKeyCache: Sendable {
    /// Keys kept: a server sees today's scope and those of the last seven days, for the presigned requests.
    static let capacity = 16

    private let entries = Mutex<[Entry]>([])

    private struct Entry {
        let secret: Secret
        let scope: CredentialScope
        let key: SigningKey
    }

    /// The key of a scope, derived now if it was not of late.
    func key(secret: Secret, scope: CredentialScope) -> SigningKey {
        let known = entries.withLock { entries in
            entries.first { $0.scope == scope && $0.secret == secret }?.key
        }
        if let known { return known }
        let key = SigningKey(secret: secret, scope: scope)
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries.removeFirst() }
            entries.append(Entry(secret: secret, scope: scope, key: key))
        }
        return key
    }

    /// How many keys are kept now.
    var count: Int { entries.withLock { $0.count } }
}
