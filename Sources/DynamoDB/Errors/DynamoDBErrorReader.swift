package import AWSTransport
package import HTTPTypes
package import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads the error answers of the JSON protocol: `{"__type": "…#Code", "message": "…"}`.
///
/// What is no such answer, as the page of a proxy, still gives an error with its status; its code is `nil`. A
/// transaction that only conflicts and throttling stood in the way of gets the code of a conflict, which the transport
/// tries again.
package struct DynamoDBErrorReader: AWSErrorReader {
    /// The error's field with the reasons' codes, a space between them.
    static let reasonsField = "CancellationReasons"
    /// The most items a transaction may have.
    private static let maximumReasonCount = 100

    /// Makes a reader.
    package init() {}

    package func error(status: HTTPResponse.Status, headers: HTTPFields, body: ByteBuffer) -> AWSError {
        let document = try? JSONDecoder().decode(Document.self, from: Data(body.readableBytesView))
        let message = document?.message ?? "The service answered \(status.code) without saying why."
        var error = AWSError(.service, String(message.prefix(1000)), status: status.code, code: document?.code)
        error.requestID = HTTPField.Name("x-amzn-requestid").flatMap { headers[$0] }
        guard error.code == "TransactionCanceledException" else { return error }
        let codes = (document?.reasons ?? []).prefix(Self.maximumReasonCount).map { Self.word($0.code) ?? "Unknown" }
        error.fields[Self.reasonsField] = codes.joined(separator: " ")
        let obstacles = codes.map(CancellationReason.init).filter { $0 != .none }
        if !obstacles.isEmpty, obstacles.allSatisfy(\.isTransient) { error.code = "TransactionConflictException" }
        return error
    }

    /// A text that can be a code.
    private static func word(_ text: String?) -> String? {
        guard let text, (1...100).contains(text.utf8.count), text.allSatisfy({ $0.isASCII && $0.isLetter }) else {
            return nil
        }
        return text
    }

    private struct Document: Decodable {
        let code: String?
        let message: String?
        let reasons: [Reason]?

        struct Reason: Decodable {
            let code: String?

            enum CodingKeys: String, CodingKey {
                case code = "Code"
            }
        }

        enum CodingKeys: String, CodingKey {
            case type = "__type"
            case message
            case capitalMessage = "Message"
            case reasons = "CancellationReasons"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let type = try? container.decode(String.self, forKey: .type)
            code = DynamoDBErrorReader.word(type?.split(separator: "#").last.map(String.init))
            message =
                (try? container.decode(String.self, forKey: .message))
                ?? (try? container.decode(String.self, forKey: .capitalMessage))
            reasons = try? container.decode([Reason].self, forKey: .reasons)
        }
    }
}
