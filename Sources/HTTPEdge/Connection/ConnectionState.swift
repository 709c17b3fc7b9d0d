/// What one HTTP/1 connection owes its client, as a state machine without I/O.
///
/// Four duties that Hummingbird leaves to its users: `100 Continue` only when the body is wanted, an end to bodies that
/// hardly move, a closed connection after an answer that did not wait for the body, and an answer to oversized headers.
struct ConnectionState {
    /// What the handler has to do.
    enum Action: Equatable {
        case nothing
        /// Look at the body's pace after one more window.
        case watchPace
        /// Give up reading the body: the client sends next to nothing.
        case failSlowBody
        /// Give the client a moment to read the answer, then close.
        case closeSoon
        /// Close now.
        case close
    }

    private enum Body: Equatable {
        case none
        case arriving
    }

    private var body = Body.none
    private var bytesInWindow = 0
    private var isReadWanted = false
    private var awaitsContinue = false
    private var mustClose = false
    private let minimumBytesPerWindow: Int

    init(minimumBytesPerWindow: Int) {
        self.minimumBytesPerWindow = minimumBytesPerWindow
    }

    /// A request's head has arrived.
    mutating func receiveHead(expectsContinue: Bool) -> Action {
        body = .arriving
        bytesInWindow = 0
        awaitsContinue = expectsContinue
        return .watchPace
    }

    mutating func receiveBody(byteCount: Int) {
        bytesInWindow += byteCount
        awaitsContinue = false
    }

    /// The request has arrived whole.
    ///
    /// One without a body whose client waits for `100 Continue` still waits.
    mutating func receiveEnd() {
        body = .none
    }

    /// The connection has ended; true when that cut a body off.
    mutating func receiveClose() -> Bool {
        defer { body = .none }
        return body == .arriving
    }

    /// Somebody asks for more bytes; only then a silent client is to blame.
    mutating func wantRead() {
        isReadWanted = true
    }

    mutating func completeRead() {
        isReadWanted = false
    }

    /// A window of time is over.
    mutating func endWindow() -> Action {
        guard body == .arriving else { return .nothing }
        defer { bytesInWindow = 0 }
        return isReadWanted && !awaitsContinue && bytesInWindow < minimumBytesPerWindow ? .failSlowBody : .watchPace
    }

    /// The body is wanted.
    ///
    /// - Returns: True when the client waits to be told so.
    mutating func wantBody() -> Bool {
        defer { awaitsContinue = false }
        return awaitsContinue
    }

    /// A final answer begins.
    ///
    /// - Returns: True when it must say `Connection: close`, because the body was not waited for, or because the client
    ///   waits for a `100 Continue` that never came and might take the next answer for it.
    mutating func sendHead() -> Bool {
        mustClose = body == .arriving || awaitsContinue
        awaitsContinue = false
        return mustClose
    }

    /// The answer is complete.
    mutating func sendEnd() -> Action {
        mustClose ? .closeSoon : .nothing
    }
}
