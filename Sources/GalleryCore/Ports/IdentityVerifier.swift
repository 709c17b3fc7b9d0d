/// Tells who shows a token that somebody else vouches for.
package protocol IdentityVerifier: Sendable {
    /// The person whom the token names.
    ///
    /// - Parameter token: A token as it came, of any length and with anything in it.
    /// - Returns: The owner that this person is.
    /// - Throws: `identityRefused` for every token that does not hold, `identityUnavailable` when it cannot be told.
    func owner(of token: String) async throws(GalleryError) -> OwnerID
}
