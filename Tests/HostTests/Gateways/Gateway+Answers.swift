import Foundation
import HTTPTypes
import NIOCore

/// A function answered what its front cannot use; clients would see 502.
struct MalformedAnswer: Error {}

extension Gateway {
    private struct Answer: Decodable {
        let statusCode: Int
        let statusDescription: String?
        let headers: [String: String]?
        let multiValueHeaders: [String: [String]]?
        let cookies: [String]?
        let body: String?
        let isBase64Encoded: Bool?
    }

    /// The answer that a client receives; strict, as the fronts are.
    func reply(_ document: ByteBuffer, to call: Call) throws -> Reply {
        let answer = try JSONDecoder().decode(Answer.self, from: Data(document.readableBytesView))
        var pairs: [(String, String)] = []
        let single = (answer.headers ?? [:]).map { ($0.key, $0.value) }
        let lists = (answer.multiValueHeaders ?? [:]).flatMap { name, values in values.map { (name, $0) } }
        switch host {
        case .server: throw MalformedAnswer()
        case .restAPI: pairs = single + lists
        case .httpAPI, .functionURL: pairs = single + (answer.cookies ?? []).map { ("set-cookie", $0) }
        case .balancer, .balancerWithLists:
            guard answer.statusDescription?.hasPrefix("\(answer.statusCode) ") == true else { throw MalformedAnswer() }
            pairs = host == .balancer ? single : lists
        }
        guard (host == .httpAPI || host == .functionURL) || answer.cookies == nil else { throw MalformedAnswer() }
        var headers = Dictionary(grouping: pairs) { $0.0.lowercased() }.mapValues { $0.map(\.1) }
        let body = try bytes(answer)
        if call.method == .head {
            guard body.isEmpty else { throw MalformedAnswer() }
        } else {
            headers["content-length"] = ["\(body.count)"]
        }
        return Reply(status: answer.statusCode, headers: headers, body: body)
    }

    private func bytes(_ answer: Answer) throws -> [UInt8] {
        let body = answer.body ?? ""
        guard answer.isBase64Encoded == true else { return Array(body.utf8) }
        guard let data = Data(base64Encoded: body) else { throw MalformedAnswer() }
        return Array(data)
    }
}
