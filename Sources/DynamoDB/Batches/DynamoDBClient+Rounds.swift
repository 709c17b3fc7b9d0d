import AWSTransport

extension DynamoDBClient {
    /// Has a batch worked on, and what was put off again, with growing waits, as often as a request is sent.
    ///
    /// - Parameters:
    ///   - batch: What is to be done.
    ///   - work: Does it; returns what was put off.
    /// - Throws: What `work` throws; `unprocessed` when something is left; `cancelled`.
    func inRounds<Element>(
        _ batch: [Element],
        _ work: ([Element]) async throws(DynamoDBError) -> [Element]
    ) async throws(DynamoDBError) {
        let (retry, clock) = (client.configuration.retry, client.configuration.clock)
        var left = batch
        var round = 1
        while true {
            left = try await work(left)
            guard !left.isEmpty else { return }
            guard round < retry.maximumAttempts else { throw .unprocessed(count: left.count) }
            do {
                // All of the wait by chance, so that clients that were put off together do not come back together.
                let ceiling = min(retry.throttledBaseDelay * (1 << min(round, 20)), retry.maximumDelay)
                try await clock.sleep(ceiling * clock.random())
            } catch {
                throw DynamoDBError(error)
            }
            round += 1
        }
    }
}
