package import GalleryAWS

/// What a store does not do of what S3 promises, as a setting says it; so that nobody has to try it out at each start.
package enum StoreLacks {
    private static let words: [(word: String, take: @Sendable (inout StoreAbilities) -> Void)] = [
        ("conditional-writes", { $0.conditionalWrites = false }),
        ("digests", { ($0.checksumsEnforced, $0.partChecksums) = (false, .ignored) }),
        ("part-digests", { if $0.partChecksums == .listed { $0.partChecksums = .checked } }),
    ]

    /// The words, for people.
    static let known = (["nothing"] + words.map(\.word)).joined(separator: ", ")

    /// Reads `nothing` or words with commas between; `nil` when one of them is none of ours.
    package static func abilities(_ text: String) -> StoreAbilities? {
        var abilities = StoreAbilities()
        guard text != "nothing" else { return abilities }
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = part.filter { $0 != " " }
            guard let known = words.first(where: { $0.word == word }) else { return nil }
            known.take(&abilities)
        }
        return abilities
    }
}
