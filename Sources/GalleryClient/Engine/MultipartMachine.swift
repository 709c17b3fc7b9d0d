/// One upload in parts, as a machine without input or output: what happened goes in, what to do comes out.
///
/// A part goes *missing → signing → sending → stored*. It is signed only when it has a slot, that is, right before it
/// is sent; every new try is signed anew. Parts that become ready while a signing request is under way are signed by
/// the next one, together.
package struct MultipartMachine: Sendable {
    /// What the driver is to do; each command but `release` leads to one event or to an error that ends the upload.
    package enum Command: Sendable, Equatable {
        /// Get slots from the run's budget: one at least, this many at most. → `granted`
        case acquire(upTo: Int)
        /// Give slots back.
        case release(Int)
        /// Ask for the URLs of these parts. → `signed`
        case sign([PartClaim])
        /// Send a part. → `answered`
        case send(SignedPart)
        /// Let a part rest. → `rested`
        case rest(Int, Duration)
        /// Hash a part again. → `rehashed`
        case rehash(Int)
        /// Ask the gallery to join the parts. → `completed` or `incomplete`
        case complete
    }

    /// What happened.
    package enum Event: Sendable, Equatable {
        /// So many slots are ours.
        case granted(Int)
        /// The URLs that were asked for.
        case signed([SignedPart])
        /// The store's answer to a part.
        case answered(Int, StoreAnswer)
        /// A part has rested.
        case rested(Int)
        /// A part's digest, in base64.
        case rehashed(Int, String)
        /// The parts are joined.
        case completed
        /// The store misses these.
        case incomplete([Int])
    }

    /// A part's way.
    private enum Part: Equatable {
        case missing, signing, sending, resting, rehashing, stored
    }

    /// The most parts that one signing request may name.
    static let longestSigningRequest = 100
    /// How often the store may lose parts it had acknowledged.
    static let mostCompletions = 3

    /// How the file is cut.
    package let plan: PartPlan
    private let digests: [String]
    private let parallel: Int
    private let policy: RetryPolicy
    private let random: @Sendable () -> Double

    private var parts: [Part]
    private var faults: [Int: Int] = [:]
    private var signedAgain: Set<Int> = []
    private var hashedAgain: Set<Int> = []
    private var lastSuccess: Duration
    private var completions = 0
    private var isAcquiring = false
    private var isSigning = false
    private var isCompleting = false
    /// Slots that are ours and have no part yet.
    private var idleSlots = 0
    /// True when the parts are joined.
    package private(set) var isFinished = false

    /// A machine for an upload of which the store may have parts already.
    ///
    /// - Parameters:
    ///   - upload: What is sent, and how.
    ///   - stored: What the store has; parts of another size or digest are sent again.
    ///   - now: The time now.
    package init(_ upload: MultipartUpload, stored: [StoredPart] = [], at now: Duration) {
        plan = upload.plan
        digests = upload.digests
        parallel = upload.parallel
        policy = upload.policy
        random = upload.random
        parts = Array(repeating: .missing, count: upload.plan.count)
        lastSuccess = now
        for part in stored where (1...plan.count).contains(part.number) {
            let range = plan.range(of: part.number)
            guard part.size == range.upperBound - range.lowerBound else { continue }
            guard part.sha256 == nil || part.sha256 == digests[part.number - 1] else { continue }
            parts[part.number - 1] = .stored
        }
    }

    /// Slots that must be given back when the upload ends early; those of parts under way included.
    package var heldSlots: Int {
        idleSlots + parts.count { $0 == .signing || $0 == .sending }
    }

    /// The parts that are in the store.
    package var storedNumbers: [Int] {
        parts.indices.filter { parts[$0] == .stored }.map { $0 + 1 }
    }

    /// What is to be done now; asked for at the start and after each event.
    package mutating func next() -> [Command] {
        guard !isFinished, !isCompleting else { return [] }
        if parts.allSatisfy({ $0 == .stored }) {
            isCompleting = true
            return releaseIdle() + [.complete]
        }
        var commands: [Command] = []
        if let claims = claimsToSign() { commands.append(.sign(claims)) }
        let waiting = parts.count { $0 == .missing }
        if waiting == 0, !isSigning { commands += releaseIdle() }
        let wanted = min(parallel - heldSlots, waiting - idleSlots)
        if wanted > 0, !isAcquiring {
            isAcquiring = true
            commands.append(.acquire(upTo: wanted))
        }
        return commands
    }

    private mutating func claimsToSign() -> [PartClaim]? {
        guard idleSlots > 0, !isSigning else { return nil }
        let chosen = parts.indices.lazy.filter { [parts] in parts[$0] == .missing }
            .prefix(min(idleSlots, Self.longestSigningRequest))
        let numbers = chosen.map { $0 + 1 }
        guard !numbers.isEmpty else { return nil }
        for number in numbers { parts[number - 1] = .signing }
        idleSlots -= numbers.count
        isSigning = true
        return numbers.map { PartClaim(number: $0, sha256: digests[$0 - 1]) }
    }

    private mutating func releaseIdle() -> [Command] {
        guard idleSlots > 0 else { return [] }
        defer { idleSlots = 0 }
        return [.release(idleSlots)]
    }
}

// MARK: Events

extension MultipartMachine {
    /// Takes in what happened.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - now: The time now.
    /// - Returns: What follows at once; what is to be done next says `next()`.
    /// - Throws: when the upload cannot go on.
    package mutating func receive(_ event: Event, at now: Duration) throws(UploadFailure) -> [Command] {
        switch event {
        case .granted(let count):
            isAcquiring = false
            idleSlots += count
        case .signed(let signed):
            isSigning = false
            for part in signed { parts[part.number - 1] = .sending }
            return signed.map(Command.send)
        case .answered(let number, let answer):
            return [.release(1)] + (try receive(answer, for: number, at: now))
        case .rested(let number):
            parts[number - 1] = .missing
        case .rehashed(let number, let digest):
            guard digest == digests[number - 1] else { throw .fileChanged }
            parts[number - 1] = .missing
        case .completed:
            isFinished = true
        case .incomplete(let numbers):
            try sendAgain(numbers)
        }
        return []
    }

    private mutating func receive(
        _ answer: StoreAnswer,
        for number: Int,
        at now: Duration
    ) throws(UploadFailure) -> [Command] {
        switch answer {
        case .stored:
            parts[number - 1] = .stored
            lastSuccess = now
            return []
        case .forbidden:
            guard signedAgain.insert(number).inserted else {
                throw .storeRefused(status: 403, code: nil, message: "a fresh URL was refused too")
            }
            parts[number - 1] = .missing
            return []
        case .badDigest:
            guard hashedAgain.insert(number).inserted else { throw .damagedOnTheWay }
            parts[number - 1] = .rehashing
            return [.rehash(number)]
        case .transient(let fault):
            return [try rest(number, after: fault, at: now)]
        case .gone: throw .uploadGone
        case .refused(let status, let code, let message):
            throw .storeRefused(status: status, code: code, message: message)
        }
    }

    /// Patience is measured from the last part that went well, whichever it was.
    private mutating func rest(
        _ number: Int,
        after fault: TransientFault,
        at now: Duration
    ) throws(UploadFailure) -> Command {
        guard now - lastSuccess < policy.patience else { throw .gaveUp(reason: fault.reason) }
        let count = faults[number, default: 0]
        faults[number] = count + 1
        // What made the URL bad may have been the wait: the next 403 is a first one again.
        signedAgain.remove(number)
        parts[number - 1] = .resting
        return .rest(number, policy.delay(after: fault, count: count, chance: random()))
    }

    private mutating func sendAgain(_ numbers: [Int]) throws(UploadFailure) {
        isCompleting = false
        completions += 1
        let known = numbers.filter { (1...plan.count).contains($0) }
        guard completions < Self.mostCompletions, !known.isEmpty else { throw .partsVanish(numbers) }
        for number in known { parts[number - 1] = .missing }
    }
}
