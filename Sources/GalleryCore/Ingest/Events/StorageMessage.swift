#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What a store sends when something happens in it, whichever store it is and whatever carries the news.
///
/// Read are the S3 notifications of AWS, MinIO and Ceph; those in an envelope of SNS; EventBridge's; and the webhook of
/// SeaweedFS's filer. All else a store may send (tests, removals, what is invented later) is nothing stored: a reader
/// of events has to live with any of them.
package enum StorageMessage: Hashable, Sendable {
    /// Objects were stored; none, when it tells of something else.
    case stored([ObjectAddress])
    /// SNS asks, before the first event, whether its messages are wanted: by this address, which somebody has to open.
    case subscription(url: String)

    /// Reads a message.
    ///
    /// - Parameter json: The body as it came.
    /// - Throws: ``Unreadable`` when it is no JSON object.
    package init(parsing json: Data) throws(Unreadable) {
        guard let document = try? JSONDecoder().decode(StorageDocument.self, from: json) else { throw Unreadable() }
        self = document.message
    }

    /// The text is not a JSON object.
    package struct Unreadable: Error, Hashable {}
}

/// The JSON object of a message; its own keys tell whose it is.
struct StorageDocument: Decodable {
    let message: StorageMessage

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
        case topicMessage = "Type"
        case eventBridge = "detail-type"
        case filer = "event_type"
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        message =
            if object.contains(.records) {
                .stored((try? S3Notification(from: decoder))?.stored ?? [])
            } else if object.contains(.topicMessage) {
                (try? TopicMessage(from: decoder))?.message ?? .stored([])
            } else if object.contains(.eventBridge) {
                .stored((try? BusEvent(from: decoder))?.stored ?? [])
            } else if object.contains(.filer) {
                .stored((try? FilerEvent(from: decoder))?.stored ?? [])
            } else {
                .stored([])
            }
    }
}
