/// A file in one PUT, as a machine without input or output.
package struct PutMachine: Sendable {
    /// What is to be done after an answer.
    package enum Step: Sendable, Equatable {
        /// The bytes are in the store.
        case finish
        /// Wait, then send again to the same URL.
        case sendAgain(after: Duration)
        /// Ask for a fresh ticket, then send.
        case askAgain
        /// Hash the file again; when its digest is the same, ask for a fresh ticket and send.
        case hashAgain
    }

    private let policy: RetryPolicy
    private let random: @Sendable () -> Double
    private let start: Duration
    private var faults = 0
    private var askedAgain = false
    private var hashedAgain = false

    /// - Parameters:
    ///   - policy: How faults are waited out.
    ///   - now: The time now.
    ///   - random: The chance in the waits, from 0 up to 1.
    package init(policy: RetryPolicy, at now: Duration, random: @escaping @Sendable () -> Double) {
        self.policy = policy
        self.random = random
        start = now
    }

    /// Takes in the store's answer.
    ///
    /// - Parameters:
    ///   - answer: What it means.
    ///   - now: The time now.
    /// - Returns: What is to be done.
    /// - Throws: when the file cannot be sent.
    package mutating func receive(_ answer: StoreAnswer, at now: Duration) throws(UploadFailure) -> Step {
        switch answer {
        case .stored:
            return .finish
        case .forbidden:
            guard !askedAgain else {
                throw .storeRefused(status: 403, code: nil, message: "a fresh URL was refused too")
            }
            askedAgain = true
            return .askAgain
        case .badDigest:
            guard !hashedAgain else { throw .damagedOnTheWay }
            hashedAgain = true
            return .hashAgain
        case .transient(let fault):
            guard now - start < policy.patience else { throw .gaveUp(reason: fault.reason) }
            defer { faults += 1 }
            askedAgain = false
            return .sendAgain(after: policy.delay(after: fault, count: faults, chance: random()))
        case .gone:
            throw .storeRefused(status: 404, code: nil, message: "there is no such bucket")
        case .refused(let status, let code, let message):
            throw .storeRefused(status: status, code: code, message: message)
        }
    }
}
