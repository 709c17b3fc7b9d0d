/// What became of one upload in one invocation.
enum IngestOutcome: Sendable, Equatable {
    /// It is a picture of the gallery, now or since an earlier event.
    case ingested
    /// It was refused: the picture's own fault.
    case rejected
    /// Nothing is there, and nothing is known of it.
    case gone
    /// Another worker is at it.
    case busy
    /// The store or the catalog failed, or the time was up: not the picture's fault, so it is worth another try.
    case failed

    /// Whether nothing more has to be done.
    var isSettled: Bool { self == .ingested || self == .rejected || self == .gone }
}
