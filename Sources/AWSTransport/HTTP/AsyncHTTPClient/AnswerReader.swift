import AsyncHTTPClient
import NIOCore

/// Reads the body of one answer, watched for standing still.
actor AnswerReader {
    private enum State {
        case ready(HTTPClientResponse.Body.AsyncIterator)
        case reading
        case ended
        case failed(AWSError)
    }

    private var state: State
    private let watch: LineWatch

    /// Reads a body from its beginning.
    init(_ body: HTTPClientResponse.Body, _ watch: LineWatch) {
        state = .ready(body.makeAsyncIterator())
        self.watch = watch
    }

    /// The next piece, `nil` at the end and ever after; what failed once fails the same way again.
    func next() async throws -> ByteBuffer? {
        switch state {
        case .ready(var iterator):
            state = .reading
            watch.beginReceiving(.receive)
            defer { watch.endReceiving() }
            do {
                let piece = try await iterator.next(isolation: self)
                state = piece == nil ? .ended : .ready(iterator)
                return piece
            } catch {
                let error = AWSError(line: error)
                state = .failed(error)
                throw error
            }
        case .reading:
            throw AWSError(.badRequest, "Two tasks read one answer.")
        case .ended:
            return nil
        case .failed(let error):
            throw error
        }
    }
}
