/// Why the gallery could not do what it was asked.
///
/// Knows nothing of HTTP; `GalleryWeb/Problems` maps it to answers.
package enum GalleryError: Error, Sendable {
    /// Nothing is known of this id.
    case imageNotFound(ImageID)
    /// The request does not say what it must; the text tells what and how.
    case invalidRequest(String)
    /// More bytes than one upload may have.
    case tooLarge(limit: Int64)
    /// The bytes were looked at and refused.
    case rejected(Rejection)
    /// The bytes are there and wait to be looked at, which is done elsewhere.
    case notLookedAtYet(ImageID)
    /// Fewer or other bytes arrived than were announced. Nothing was stored.
    case incompleteUpload
    /// The token is none of ours, or for something else.
    case invalidToken
    /// The token was ours, but its time is over.
    case expiredToken
    /// The request needs a token that says who asks.
    case tokenMissing
    /// Only people who have signed in may do this.
    case signInNeeded
    /// Only those who know the gallery's upload token may do this.
    case uploadTokenNeeded
    /// The token that was to say who asks does not hold; the text tells why.
    case identityRefused(String)
    /// Who asks cannot be told now: whoever vouches for people cannot be reached, or answers nonsense.
    case identityUnavailable(underlying: any Error)
    /// The client asks too often.
    case tooManyRequests(RateDecision)
    /// The upload in parts was aborted, or given up long ago.
    case uploadGone
    /// The upload in parts is complete: nothing can be added or aborted.
    case uploadComplete
    /// These parts have not arrived yet, or not whole; none of them when nothing at all has.
    case partsMissing([Int])
    /// The disk has no room left for uploads.
    case storageFull
    /// The store cannot be reached, or says that it has too much to do: worth another try.
    case storageNotReached(operation: String, underlying: any Error)
    /// The store or the catalog failed; `operation` says what was tried.
    case storageUnavailable(operation: String, underlying: any Error)
}
