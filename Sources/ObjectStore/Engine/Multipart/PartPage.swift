/// One page of the parts of an unfinished upload.
package struct PartPage: Sendable, Equatable {
    /// What was said of the object at the start.
    package var plan: MultipartPlan
    /// The parts by ascending number.
    package var parts: [StoredPart]
    /// Whether parts with higher numbers follow.
    package var isTruncated: Bool

    /// The number behind which the next page starts.
    package var lastNumber: Int

    /// Makes a page.
    package init(plan: MultipartPlan, parts: [StoredPart], isTruncated: Bool, lastNumber: Int) {
        self.plan = plan
        self.parts = parts
        self.isTruncated = isTruncated
        self.lastNumber = lastNumber
    }
}
