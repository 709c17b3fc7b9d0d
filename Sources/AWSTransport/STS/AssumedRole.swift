/// A role to take on, and how to play it.
package struct AssumedRole: Sendable, Hashable {
    /// The role, for example `arn:aws:iam::123456789012:role/uploads`.
    package var arn: String

    /// Who plays it, as logs show it: 2 to 64 characters of letters, digits and `_=,.@-`.
    package var sessionName: String

    /// What the role's owner wants to be told, `nil` for nothing.
    package var externalID: String?

    /// What the session may do at most, a JSON policy; `nil` for all that the role may.
    package var policy: String?

    /// How long the session lives, 900 to 43,200 seconds; `nil` for the role's own default, an hour.
    package var durationSeconds: Int?

    /// Names a role.
    ///
    /// - Parameters:
    ///   - arn: The role.
    ///   - sessionName: Who plays it.
    ///   - policy: What the session may do at most, a JSON policy.
    ///   - durationSeconds: How long the session lives.
    package init(arn: String, sessionName: String, policy: String? = nil, durationSeconds: Int? = nil) {
        self.arn = arn
        self.sessionName = sessionName
        self.policy = policy
        self.durationSeconds = durationSeconds
    }

    /// The parameters of both AssumeRole calls.
    var parameters: [(String, String)] {
        let optional = [
            ("DurationSeconds", durationSeconds.map(String.init)), ("ExternalId", externalID), ("Policy", policy),
        ]
        return [("RoleArn", arn), ("RoleSessionName", sessionName)]
            + optional.compactMap { pair in
                pair.1.map { (pair.0, $0) }
            }
    }
}
