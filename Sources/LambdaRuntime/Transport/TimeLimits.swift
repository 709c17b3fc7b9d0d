/// When a handler is told that its time is up, and when it is no longer waited for.
struct TimeLimits: Sendable, Equatable {
    /// Longer than any function may run; what is above is a mistake of the platform's.
    private static let longest = Duration.seconds(24 * 3_600)

    /// Until the handler is cancelled.
    let untilCancelled: Duration
    /// Until its caller is answered without it.
    let untilOverrun: Duration

    /// The limits of an invocation with so much time left.
    ///
    /// - Parameters:
    ///   - remaining: The time left; nil when nobody knows. None left when an invocation begins means that the clocks
    ///     do not agree, and that is no reason to fail every invocation.
    ///   - lead: How long before the end the handler is cancelled; a quarter of the time, when that is less.
    init?(remaining: Duration?, lead: Duration) {
        guard let remaining, remaining > .zero, remaining < Self.longest else { return nil }
        let lead = min(lead, remaining / 4)
        untilCancelled = remaining - lead
        untilOverrun = remaining - lead / 2
    }
}

extension TimeLimits {
    /// Runs an operation that is cancelled when its time is up.
    ///
    /// - Parameters:
    ///   - limits: The limits; nil for none.
    ///   - operation: What is run.
    ///   - overrun: Called when the operation was cancelled and has still not come back; afterwards it is waited for.
    /// - Returns: What the operation returned.
    static func run<Value: Sendable>(
        _ limits: TimeLimits?,
        _ operation: @escaping @Sendable () async -> Value,
        overrun: () async -> Void
    ) async -> Value? {
        guard let limits else { return await operation() }
        return await withTaskGroup(of: Step<Value>.self) { group in
            group.addTask { await .done(cancelled(after: limits.untilCancelled, operation)) }
            group.addTask { await passed(limits.untilOverrun) ? .overran : .calledOff }
            var value: Value?
            while let step = await group.next() {
                switch step {
                case .done(let result):
                    value = result
                    group.cancelAll()
                case .overran: await overrun()
                case .calledOff: break
                }
            }
            return value
        }
    }

    private enum Step<Value: Sendable>: Sendable {
        case done(Value?), overran, calledOff
    }

    private static func cancelled<Value: Sendable>(
        after time: Duration,
        _ operation: @escaping @Sendable () async -> Value
    ) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await operation() }
            group.addTask {
                _ = await passed(time)
                return nil
            }
            var value: Value?
            while let step = await group.next() {
                value = value ?? step
                group.cancelAll()
            }
            return value
        }
    }

    /// Whether a time passed before the task was cancelled.
    private static func passed(_ time: Duration) async -> Bool {
        do {
            try await Task.sleep(for: time)
            return true
        } catch {
            return false
        }
    }
}
