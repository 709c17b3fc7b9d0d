import GalleryCore
import LambdaRuntime
import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the ingest function is invoked with.
enum IngestEvent: Equatable, Sendable {
    /// Messages of a queue; those that are not dealt with are named in the answer.
    case messages([QueuedMessage])
    /// Objects that a store, a topic or EventBridge tells of straight; none, when it tells of something else.
    case stored([ObjectAddress])
    /// It is time to look for what no event told of.
    case sweep

    /// Reads an event of S3, SQS, SNS, EventBridge or one of its schedules.
    ///
    /// - Parameter event: JSON.
    /// - Throws: `InvalidEvent` when it is none of them.
    init(parsing event: ByteBuffer) throws(InvalidEvent) {
        let json = Data(event.readableBytesView)
        let shape: Shape
        do {
            shape = try JSONDecoder().decode(Shape.self, from: json)
        } catch {
            throw InvalidEvent("it is no JSON object, or one with lists and texts where they do not belong")
        }
        if let records = shape.records, records.contains(where: { $0.source == "aws:sqs" }) {
            self = .messages(try Self.messages(records))
        } else if let records = shape.records, records.contains(where: { $0.source == "aws:sns" }) {
            self = .stored(records.flatMap { Self.stored(in: Data(($0.topic?.message ?? "").utf8)) ?? [] })
        } else if shape.isSchedule {
            self = .sweep
        } else if shape.isKnown, let stored = Self.stored(in: json) {
            self = .stored(stored)
        } else {
            throw InvalidEvent("it is no event of S3, SQS, SNS, EventBridge or a schedule")
        }
    }

    /// What a store's message tells of; `nil` when it is none.
    static func stored(in json: Data) -> [ObjectAddress]? {
        guard let message = try? StorageMessage(parsing: json) else { return nil }
        guard case .stored(let addresses) = message else { return [] }
        return addresses
    }

    private static func messages(_ records: [Shape.Record]) throws(InvalidEvent) -> [QueuedMessage] {
        var messages: [QueuedMessage] = []
        for record in records {
            guard let id = record.messageID, !id.isEmpty, record.source == "aws:sqs" else {
                throw InvalidEvent("a record of the queue has no messageId, so nothing can be said about it")
            }
            messages.append(QueuedMessage(id: id, body: record.body))
        }
        return messages
    }
}

/// One message of a queue.
struct QueuedMessage: Equatable, Sendable {
    /// What the queue calls it.
    let id: String
    /// What was sent; `nil` when it is no text.
    let body: String?

    /// The objects that it tells of; `nil` when it is no message of a store.
    var stored: [ObjectAddress]? {
        body.flatMap { IngestEvent.stored(in: Data($0.utf8)) }
    }
}

/// As much of an event as it takes to tell whose it is.
private struct Shape: Decodable {
    let records: [Record]?
    let source: String?
    let detailType: String?
    let test: String?

    /// One of `Records`; what has another type than it should counts as absent.
    struct Record: Decodable {
        let source: String?
        let messageID: String?
        let body: String?
        let topic: Topic?

        private enum CodingKeys: String, CodingKey {
            case eventSource, body
            case capitalSource = "EventSource"
            case messageID = "messageId"
            case topic = "Sns"
        }

        init(from decoder: any Decoder) throws {
            guard let fields = try? decoder.container(keyedBy: CodingKeys.self) else {
                (source, messageID, body, topic) = (nil, nil, nil, nil)
                return
            }
            source =
                (try? fields.decode(String.self, forKey: .eventSource))
                ?? (try? fields.decode(String.self, forKey: .capitalSource))
            messageID = try? fields.decode(String.self, forKey: .messageID)
            body = try? fields.decode(String.self, forKey: .body)
            topic = try? fields.decode(Topic.self, forKey: .topic)
        }
    }

    struct Topic: Decodable {
        let message: String

        private enum CodingKeys: String, CodingKey {
            case message = "Message"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
        case source
        case detailType = "detail-type"
        case test = "Event"
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        records = try fields.decodeIfPresent([Record].self, forKey: .records)
        source = try? fields.decode(String.self, forKey: .source)
        detailType = try? fields.decode(String.self, forKey: .detailType)
        test = try? fields.decode(String.self, forKey: .test)
    }

    /// A rule's schedule, or one of EventBridge Scheduler's.
    var isSchedule: Bool {
        detailType == "Scheduled Event" && ["aws.events", "aws.scheduler"].contains(source)
    }

    /// `s3:TestEvent` comes once, when a bucket is told to send events.
    var isKnown: Bool { records != nil || detailType != nil || test == "s3:TestEvent" }
}
