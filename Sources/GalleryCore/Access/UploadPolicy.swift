/// Who may upload.
package enum UploadPolicy: String, CaseIterable, Sendable {
    /// Everybody.
    case open
    /// Whoever shows the gallery's upload token, or has signed in.
    case token
    /// Whoever has signed in.
    case signedIn = "signed-in"
}
