/// What one check of the doctor found.
package struct Finding: Sendable, Equatable {
    /// How bad it is.
    package enum Verdict: String, Sendable {
        /// All is well.
        case fine
        /// It works, but something should be done.
        case advice
        /// It cannot work like this.
        case fault
        /// It could not be looked at.
        case skipped
    }

    /// What was looked at, in a word or two.
    package let check: String
    package let verdict: Verdict
    /// What was seen, in one sentence.
    package let detail: String
    /// What to do about it, to be applied as it stands; `nil` when there is nothing to do.
    package let remedy: String?

    /// States a finding.
    package init(_ check: String, _ verdict: Verdict, _ detail: String, remedy: String? = nil) {
        self.check = check
        self.verdict = verdict
        self.detail = detail
        self.remedy = remedy
    }
}
