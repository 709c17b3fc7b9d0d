import Synchronization

@testable import SigV4

/// A key store whose one secret can change.
final class Secrets: Sendable {
    private let secret = Mutex("secret")

    func credentials(_ accessKeyID: String) -> Credentials {
        Credentials(accessKeyID: accessKeyID, secretAccessKey: Secret(secret.withLock { $0 }))
    }

    func change() {
        secret.withLock { $0 = "changed" }
    }
}
