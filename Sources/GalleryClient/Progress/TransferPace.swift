/// How fast a run sends, measured over the last seconds.
package struct TransferPace: Sendable, Equatable {
    private static let window: Duration = .seconds(5)

    private var samples: [Sample] = []

    private struct Sample: Equatable {
        let time: Duration
        let bytes: Int64
    }

    package init() {}

    /// Takes down how much was sent in all.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the run so far.
    ///   - now: The time now.
    package mutating func note(_ bytes: Int64, at now: Duration) {
        samples.append(Sample(time: now, bytes: bytes))
        // One sample older than the window is kept, so that the window is full.
        while samples.count > 2, samples[1].time <= now - Self.window { samples.removeFirst() }
    }

    /// Bytes a second; `nil` as long as it would be a guess.
    package var bytesPerSecond: Int64? {
        guard let first = samples.first, let last = samples.last, last.time - first.time >= .seconds(1) else {
            return nil
        }
        return Int64(Double(last.bytes - first.bytes) / ((last.time - first.time) / .seconds(1)))
    }

    /// Seconds until so many bytes are sent at this pace; `nil` when that cannot be told.
    package func secondsLeft(for bytes: Int64) -> Int64? {
        guard let speed = bytesPerSecond, speed > 0 else { return nil }
        return (bytes + speed - 1) / speed
    }
}
