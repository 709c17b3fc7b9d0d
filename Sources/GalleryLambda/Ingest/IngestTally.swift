import LambdaRuntime

/// How many uploads of an invocation ended how.
struct IngestTally: Equatable, Sendable {
    /// In the gallery.
    private(set) var ingested = 0
    /// Refused.
    private(set) var rejected = 0
    /// Not there.
    private(set) var gone = 0
    /// To be tried again.
    private(set) var failed = 0

    /// Counts outcomes.
    mutating func add(_ outcomes: some Sequence<IngestOutcome>) {
        for outcome in outcomes {
            switch outcome {
            case .ingested: ingested += 1
            case .rejected: rejected += 1
            case .gone: gone += 1
            case .busy, .failed: failed += 1
            }
        }
    }

    /// Counts a message that cannot be read.
    mutating func addUnreadable() {
        failed += 1
    }

    /// The numbers as CloudWatch takes them out of the log.
    ///
    /// - Parameters:
    ///   - function: What the function is called.
    ///   - isCold: Whether this was the process's first invocation.
    ///   - time: How long it took.
    /// - Returns: The record.
    func metrics(function: String, isCold: Bool, time: Duration) -> MetricsRecord {
        MetricsRecord(
            namespace: "imgn",
            dimensions: ["FunctionName": function],
            metrics: [
                MetricsRecord.Metric("Ingested", Double(ingested)), MetricsRecord.Metric("Rejected", Double(rejected)),
                MetricsRecord.Metric("Gone", Double(gone)), MetricsRecord.Metric("Failed", Double(failed)),
                MetricsRecord.Metric("ColdStart", isCold ? 1 : 0),
                MetricsRecord.Metric("Duration", time / .milliseconds(1), .milliseconds),
            ]
        )
    }
}
