import NIOCore
import Thumbnails

/// What came from a worker: what it means, and the bytes of a file where it is such.
struct WorkerMessage: Sendable {
    let event: WorkerDialogue.Event
    let bytes: ByteBuffer
}

/// Why nothing more comes from a worker.
enum WorkerLoss: Error, Equatable {
    /// It is gone, or its pipe is.
    case ended
    /// It took too long.
    case late
    /// It said what it may not say.
    case flawed(WireFlaw)
}
