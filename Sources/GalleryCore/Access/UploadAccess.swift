/// Decides who may upload, and whose the pictures are.
package struct UploadAccess: Sendable {
    /// Who may upload.
    package let policy: UploadPolicy
    private let uploadToken: AccessToken?
    private let operatorToken: AccessToken?
    private let identities: (any IdentityVerifier)?

    /// - Parameters:
    ///   - policy: Who may upload.
    ///   - uploadToken: What lets in where the policy says `token`.
    ///   - operatorToken: What whoever runs the gallery shows; it lets in everywhere.
    ///   - identities: Tells who has signed in; `nil` when nobody can.
    package init(
        _ policy: UploadPolicy = .open,
        uploadToken: AccessToken? = nil,
        operatorToken: AccessToken? = nil,
        identities: (any IdentityVerifier)? = nil
    ) {
        self.policy = policy
        self.uploadToken = uploadToken
        self.operatorToken = operatorToken
        self.identities = identities
    }

    /// Lets somebody upload.
    ///
    /// - Parameter token: What was shown, if anything.
    /// - Returns: Whose the pictures will be; `nil` for people who did not sign in.
    /// - Throws: `signInNeeded`, `uploadTokenNeeded`, `identityRefused`, `identityUnavailable`.
    package func admit(_ token: String?) async throws(GalleryError) -> OwnerID? {
        guard let token else {
            switch policy {
            case .open: return nil
            case .token: throw .uploadTokenNeeded
            case .signedIn: throw .signInNeeded
            }
        }
        if operatorToken?.matches(token) == true { return nil }
        if policy == .token, uploadToken?.matches(token) == true { return nil }
        if let identities, Self.looksSigned(token) { return try await identities.owner(of: token) }
        switch policy {
        // A token that is good for nothing here is no reason to refuse what everybody may do.
        case .open where identities == nil: return nil
        case .open, .signedIn: throw .identityRefused("It is no token of an OpenID provider.")
        case .token: throw .uploadTokenNeeded
        }
    }

    /// Who shows a token, if it names a person; `nil` for every other token.
    ///
    /// - Throws: `identityUnavailable`.
    package func person(_ token: String?) async throws(GalleryError) -> OwnerID? {
        guard let identities, let token, Self.looksSigned(token) else { return nil }
        do {
            return try await identities.owner(of: token)
        } catch .identityRefused {
            return nil
        }
    }

    /// Whether a text has the three parts of a signed token (RFC 7515, section 3.1); our own seals have not.
    private static func looksSigned(_ token: String) -> Bool { token.utf8.count { $0 == UInt8(ascii: ".") } == 2 }
}
