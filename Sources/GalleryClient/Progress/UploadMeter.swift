import Synchronization

/// How far one file is; written by its upload, read by whoever shows it.
package final class UploadMeter: Sendable {
    /// What is going on with a file.
    package enum Phase: Sendable, Equatable {
        /// It has not begun.
        case waiting
        /// Its digest is being made.
        case hashing
        /// Its bytes are on their way.
        case sending
        /// The gallery looks at it.
        case looking
        /// It is over.
        case finished(UploadStatus)
    }

    /// One look at the meter.
    package struct Reading: Sendable, Equatable {
        /// The file's name, as the user wrote it.
        package var name: String
        /// The file's bytes.
        package var size: Int64
        /// What is going on.
        package var phase = Phase.waiting
        /// The bytes hashed, up to `size`.
        package var hashed: Int64 = 0
        /// The bytes in the store or on their way, up to `size`; never goes back.
        package var sent: Int64 = 0
        /// The bytes that need not be sent in this run, since they were there.
        package var spared: Int64 = 0
        /// What is waited for, when something does not answer.
        package var trouble: String?
        /// True when an earlier upload of the file was lost and it is sent from its beginning.
        package var startedOver = false

        package init(name: String, size: Int64) {
            self.name = name
            self.size = size
        }
    }

    private struct State {
        var reading: Reading
        var moved: [Int: Int64] = [:]
        var settled: Int64 = 0

        mutating func update() {
            let now = settled + moved.values.reduce(0, +)
            reading.sent = min(reading.size, max(reading.sent, now))
        }
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - name: The file's name, as the user wrote it.
    ///   - size: Its bytes.
    package init(name: String, size: Int64) {
        state = Mutex(State(reading: Reading(name: name, size: size)))
    }

    /// How far it is now.
    package var reading: Reading { state.withLock { $0.reading } }

    /// Begins a phase; what is waited for is forgotten.
    package func enter(_ phase: Phase) {
        state.withLock { state in
            state.reading.phase = phase
            state.reading.trouble = nil
        }
    }

    /// Says what is waited for.
    package func waits(for trouble: String) {
        state.withLock { $0.reading.trouble = trouble }
    }

    /// Bytes were hashed.
    func hashed(_ count: Int64) {
        state.withLock { $0.reading.hashed = min($0.reading.size, $0.reading.hashed + count) }
    }

    /// A part has come so far; a new try of it starts again at 0 and does not turn the meter back.
    func moved(part: Int, to count: Int64) {
        state.withLock { state in
            state.moved[part] = count
            if count > 0 { state.reading.trouble = nil }
            state.update()
        }
    }

    /// A part is in the store.
    ///
    /// - Parameters:
    ///   - part: Its number.
    ///   - size: Its bytes.
    ///   - wasThere: True for a part that an earlier run has sent.
    func stored(part: Int, size: Int64, wasThere: Bool = false) {
        state.withLock { state in
            state.moved[part] = nil
            state.settled += size
            if wasThere { state.reading.spared += size }
            state.update()
        }
    }

    /// What was sent before is lost: the upload starts from its beginning.
    func startOver() {
        state.withLock { state in
            state.moved = [:]
            state.settled = 0
            state.reading.startedOver = true
        }
    }
}
