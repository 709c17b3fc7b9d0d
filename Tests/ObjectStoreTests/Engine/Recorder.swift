import Synchronization

/// Collects values from several tasks.
final class Recorder<Value: Sendable>: Sendable {
    private let recorded = Mutex<[Value]>([])

    /// Adds a value.
    func append(_ value: Value) { recorded.withLock { $0.append(value) } }

    /// All values in the order in which they came.
    var values: [Value] { recorded.withLock { $0 } }
}
