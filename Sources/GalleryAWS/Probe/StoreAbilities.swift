/// What a store does of what S3 promises; what it does not is made up for.
package struct StoreAbilities: Hashable, Sendable {
    /// `If-None-Match: *` keeps a PUT from replacing what is there.
    package var conditionalWrites: Bool
    /// Bytes with another SHA-256 than announced are refused, and HEAD tells the SHA-256.
    package var checksumsEnforced: Bool
    /// What becomes of the SHA-256 that a part of an upload brings.
    package var partChecksums: PartChecksums

    /// What a store does with the SHA-256 of a part.
    package enum PartChecksums: Sendable {
        /// Checked, kept and told, so that the parts can be joined by them.
        case listed
        /// Checked when the part comes, and forgotten then.
        case checked
        /// Not looked at, or refused.
        case ignored
    }

    /// States what a store does; AWS does all of it.
    package init(
        conditionalWrites: Bool = true,
        checksumsEnforced: Bool = true,
        partChecksums: PartChecksums = .listed
    ) {
        self.conditionalWrites = conditionalWrites
        self.checksumsEnforced = checksumsEnforced
        self.partChecksums = partChecksums
    }

    /// What the store lacks and what is done about it, a sentence each, for the log.
    package var shortcomings: [String] {
        var sentences: [String] = []
        if !conditionalWrites {
            sentences.append(
                "The store ignores If-None-Match: an upload URL works until it expires; what comes late is dropped."
            )
        }
        if !checksumsEnforced {
            sentences.append("The store checks no SHA-256: every upload is read once more to compute it.")
        }
        return sentences + ingestShortcomings
    }

    /// Those of them that only show when an upload is taken in.
    var ingestShortcomings: [String] {
        guard checksumsEnforced, partChecksums != .listed else { return [] }
        return ["The store does not tell the SHA-256 of parts: uploads in parts are read once more to compute it."]
    }
}
