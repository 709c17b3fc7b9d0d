/// What a ``MultipartMachine`` needs to know of an upload.
package struct MultipartUpload: Sendable {
    /// How the file is cut.
    package let plan: PartPlan
    /// The SHA-256 of each part in base64, in order.
    package let digests: [String]
    /// The most parts that are under way at once.
    package let parallel: Int
    /// How faults are waited out.
    package let policy: RetryPolicy
    /// The chance in the waits, from 0 up to 1.
    package let random: @Sendable () -> Double

    package init(
        plan: PartPlan,
        digests: [String],
        parallel: Int,
        retries: (policy: RetryPolicy, random: @Sendable () -> Double)
    ) {
        precondition(digests.count == plan.count, "every part has a digest")
        self.plan = plan
        self.digests = digests
        self.parallel = parallel
        policy = retries.policy
        random = retries.random
    }
}
