#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An envelope of SNS (AWS, sns-message-and-json-formats).
struct TopicMessage: Decodable {
    /// What is in the envelope.
    let message: StorageMessage

    private enum CodingKeys: String, CodingKey {
        case type = "Type"
        case text = "Message"
        case subscribeURL = "SubscribeURL"
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        switch try object.decode(String.self, forKey: .type) {
        case "Notification":
            message = .stored(Self.stored(in: try object.decode(String.self, forKey: .text)))
        case "SubscriptionConfirmation":
            let url = try object.decode(String.self, forKey: .subscribeURL)
            message = Self.isTopicService(url) ? .subscription(url: url) : .stored([])
        default:
            message = .stored([])
        }
    }

    /// What an enveloped message tells of; envelopes within envelopes are not opened.
    private static func stored(in text: String) -> [ObjectAddress] {
        let json = Data(text.utf8)
        let decoder = JSONDecoder()
        return (try? decoder.decode(S3Notification.self, from: json))?.stored
            ?? (try? decoder.decode(BusEvent.self, from: json))?.stored ?? []
    }

    /// Whether an address is SNS's own, so that nobody is sent elsewhere: `https://sns.<region>.amazonaws.com/…`, or
    /// `.com.cn`, in visible ASCII.
    private static func isTopicService(_ url: String) -> Bool {
        let scheme = "https://"
        guard url.hasPrefix(scheme), url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
        let authority = url.dropFirst(scheme.count).prefix { !"/?#\\".contains($0) }
        let labels = authority.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.first == "sns", labels.count > 2, labels[1].utf8.allSatisfy(Self.isRegionByte) else {
            return false
        }
        return [["amazonaws", "com"], ["amazonaws", "com", "cn"]].contains(labels.dropFirst(2).map(String.init))
    }

    private static func isRegionByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
