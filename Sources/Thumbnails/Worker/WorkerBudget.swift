/// What one picture may cost in a worker.
package struct WorkerBudget: Equatable, Sendable {
    /// Memory that the worker may write to, in bytes, libraries included.
    package let memoryByteCount: Int
    /// Processor time for one picture, in seconds.
    package let seconds: Int

    package init(memoryByteCount: Int, seconds: Int) {
        self.memoryByteCount = memoryByteCount
        self.seconds = seconds
    }

    /// As arguments of the worker's subcommand.
    package var arguments: [String] { ["\(memoryByteCount)", "\(seconds)"] }

    init?(_ arguments: ArraySlice<String>) {
        let numbers = arguments.compactMap { Int($0) }
        guard arguments.count == 2, numbers.count == 2, numbers.allSatisfy({ $0 > 0 }) else { return nil }
        self.init(memoryByteCount: numbers[0], seconds: numbers[1])
    }
}
