/// Where uploads are looked at.
package enum IngestPlace: Hashable, Sendable {
    /// In this process; whoever takes bytes looks at them at once.
    case here
    /// In another one, which the store tells, or which finds them; whoever takes bytes waits so long for its verdict.
    case elsewhere(patience: Duration)
}
