import NIOCore
import NIOHTTP1

/// What the Runtime API answered.
struct RuntimeReply: Sendable, Equatable {
    /// The HTTP status.
    var status: Int
    /// The headers.
    var headers: HTTPHeaders = [:]
    /// The body.
    var body = ByteBuffer()
    /// Whether the connection can be used again.
    var keepsAlive = true
}

/// An exchange that ended before its answer did.
struct BrokenExchange: Error, Sendable, Equatable {
    /// Why it ended.
    enum Reason: Sendable, Equatable {
        /// The other side hung up, or the line broke.
        case hungUp
        /// What came is no HTTP.
        case garbage
        /// The body is larger than it may be.
        case tooLarge(limit: Int)
        /// No answer within the time that such an answer takes.
        case tooSlow
        /// It was called off here.
        case calledOff
    }

    /// Why it ended.
    let reason: Reason
    /// Status and headers, when they came before the end.
    var head: RuntimeReply?
}

extension BrokenExchange: CustomStringConvertible {
    /// The reason in words.
    var description: String {
        switch reason {
        case .hungUp: "the connection ended before the answer did"
        case .garbage: "what came is no HTTP answer"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .tooSlow: "no answer came in time"
        case .calledOff: "it was called off"
        }
    }
}
