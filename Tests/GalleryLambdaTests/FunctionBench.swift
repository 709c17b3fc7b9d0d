import Foundation
import GalleryCore
import GalleryTesting
import LambdaRuntime
import Logging
import NIOCore
import Synchronization

@testable import GalleryLambda

/// An ingest function on adapters in memory, and what it reported.
struct FunctionBench {
    struct Unexpected: Error {}

    let storage: MemoryImageStorage
    let gallery: Gallery
    let function: IngestFunction
    private let records = Records()

    /// What functions reported.
    private final class Records: Sendable {
        let all = Mutex<[MetricsRecord]>([])
    }

    init() {
        let clock = FixedClock()
        storage = MemoryImageStorage(now: { clock.now })
        gallery = Gallery(
            ports: (MemoryImageCatalog(), storage),
            access: (TicketSeal(secret: Array("0123456789abcdef".utf8)), nil),
            logger: Self.logger,
            now: { clock.now }
        )
        function = Self.makeFunction(gallery, records, IngestFunction.Configuration())
    }

    private static func makeFunction(
        _ gallery: Gallery,
        _ records: Records,
        _ configuration: IngestFunction.Configuration
    ) -> IngestFunction {
        IngestFunction(gallery: gallery, configuration: configuration) { record in
            records.all.withLock { $0.append(record) }
        }
    }

    private static var logger: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }

    /// Another function on the same gallery.
    func makeFunction(_ configuration: IngestFunction.Configuration) -> IngestFunction {
        Self.makeFunction(gallery, records, configuration)
    }

    /// Puts bytes where an upload would.
    func upload(_ bytes: [UInt8]) -> ImageID {
        let id = ImageID.random()
        storage.put(bytes, as: id)
        return id
    }

    /// What S3 says when the upload has arrived.
    func notification(_ id: ImageID) -> String {
        """
        {"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put",\
        "s3":{"bucket":{"name":"memory"},"object":{"key":"incoming/\(id)"}}}]}
        """
    }

    /// A queue's batch with these messages.
    func queue(_ messages: [(id: String, upload: ImageID)]) -> String {
        let records = messages.map { message in
            let body = notification(message.upload).replacing("\"", with: "\\\"")
            return "{\"eventSource\":\"aws:sqs\",\"messageId\":\"\(message.id)\",\"body\":\"\(body)\"}"
        }
        return "{\"Records\":[\(records.joined(separator: ","))]}"
    }

    /// Invokes a function and returns its answer, with the keys of objects in order.
    func ask(
        _ event: String,
        of function: IngestFunction? = nil,
        time: Duration = .seconds(30)
    ) async throws -> String {
        let invocation = Invocation(
            requestID: "r",
            deadline: InvocationDeadline(after: time),
            logger: Self.logger
        )
        guard
            case .whole(let answer) = try await (function ?? self.function).answer(
                ByteBuffer(string: event),
                invocation
            )
        else {
            throw Unexpected()
        }
        let object = try JSONSerialization.jsonObject(with: Data(answer.readableBytesView))
        let sorted = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
        return String(decoding: sorted, as: UTF8.self)
    }

    /// The numbers of these names, of each invocation so far.
    func numbers(_ names: [String]) -> [[Double]] {
        records.all.withLock { $0 }.map { record in
            names.map { name in record.metrics.first { $0.name == name }?.value ?? -1 }
        }
    }
}

/// How many are in a place at once, and how many were at most.
final class Gauge: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func enter() {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
    }

    func leave() {
        counts.withLock { $0.now -= 1 }
    }
}
