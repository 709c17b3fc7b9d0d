/// A refusal of the gallery in its own words: RFC 9457 problem JSON.
package struct ServerProblem: Sendable, Equatable, Decodable {
    /// The HTTP status.
    package let status: Int
    /// The stable word for programs.
    package let code: Code
    /// The sentence for people.
    package let detail: String
    /// The parts that `incomplete-upload` misses.
    package let missing: [Int]?

    /// The words this client acts upon; every other word is passed on to the user.
    package struct Code: RawRepresentable, Sendable, Hashable, Decodable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The token's life is over.
        package static let expired = Code(rawValue: "expired")
        /// The token is forged or damaged.
        package static let invalidToken = Code(rawValue: "invalid-token")
        /// The upload was aborted or swept.
        package static let uploadGone = Code(rawValue: "upload-gone")
        /// The upload was completed before.
        package static let alreadyComplete = Code(rawValue: "already-complete")
        /// Parts are missing or have the wrong size.
        package static let incompleteUpload = Code(rawValue: "incomplete-upload")
        /// No picture has that id.
        package static let imageNotFound = Code(rawValue: "image-not-found")
        /// What an answer that is no problem JSON gets.
        package static let unknown = Code(rawValue: "unknown")
    }

    package init(status: Int, code: Code, detail: String, missing: [Int]? = nil) {
        self.status = status
        self.code = code
        self.detail = detail
        self.missing = missing
    }
}
