import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Sends bytes of a file to a presigned URL, watches that they move, and reads the answer.
struct StoreTransfer: Sendable {
    /// How long a transfer may stand still.
    struct Limits: Sendable {
        var sending: Duration = .seconds(30)
        var answering: Duration = .seconds(90)
    }

    /// What is sent, and where.
    struct Shipment: Sendable {
        let url: String
        let headers: [String: String]
        let file: LocalFile
        let range: Range<Int64>
    }

    /// When the transfer last moved; written by the body's reader, read by the watch.
    private final class Pulse: Sendable {
        let watch: Mutex<StallWatch>

        init(_ watch: StallWatch) {
            self.watch = Mutex(watch)
        }
    }

    let client: HTTPClient
    let timing: Timing
    var limits = Limits()

    /// Sends the bytes.
    ///
    /// - Parameters:
    ///   - shipment: What goes where.
    ///   - onMove: Told how many of the bytes are on their way or there.
    /// - Returns: What the answer means; a lost or standing connection is `transient`.
    /// - Throws: ``UploadFailure`` when the file cannot be read, `CancellationError` when cancelled.
    func send(_ shipment: Shipment, onMove: @escaping @Sendable (Int64) -> Void) async throws -> StoreAnswer {
        let pulse = Pulse(StallWatch(sending: limits.sending, answering: limits.answering, at: timing.now()))
        let length = shipment.range.upperBound - shipment.range.lowerBound
        let pieces = FilePieces(file: shipment.file, range: shipment.range) { [timing] handedOn in
            pulse.watch.withLock { watch in
                handedOn < length ? watch.moved(at: timing.now()) : watch.finishedSending(at: timing.now())
            }
            onMove(handedOn)
        }
        return try await withThrowingTaskGroup(of: StoreAnswer.self) { group in
            group.addTask { try await exchange(shipment, pieces, length: length) }
            group.addTask {
                while let pause = pulse.watch.withLock({ $0.remaining(at: timing.now()) }) {
                    try await timing.sleep(pause)
                }
                return .transient(TransientFault(reason: "the transfer stood still"))
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw CancellationError() }
            return answer
        }
    }

    private func exchange(_ shipment: Shipment, _ pieces: FilePieces, length: Int64) async throws -> StoreAnswer {
        var request = HTTPClientRequest(url: shipment.url)
        request.method = .PUT
        for (name, value) in shipment.headers { request.headers.add(name: name, value: value) }
        request.body = .stream(pieces, length: .known(length))
        do {
            let response = try await client.execute(request, deadline: .distantFuture)
            let document = try? await response.body.collect(upTo: StoreAnswer.longestErrorDocument)
            return StoreAnswer(
                status: Int(response.status.code),
                retryAfter: response.headers.first(name: "retry-after"),
                document: document?.readableBytesView ?? ByteBufferView(ByteBuffer())
            )
        } catch let failure as UploadFailure {
            throw failure
        } catch {
            try Task.checkCancellation()
            guard let fault = TransientFault(networkError: error) else {
                return .refused(status: 0, code: nil, message: "its address makes no sense")
            }
            return .transient(fault)
        }
    }
}
