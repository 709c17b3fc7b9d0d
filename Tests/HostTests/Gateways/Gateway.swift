import Foundation
import HTTPTypes
import NIOCore

/// What AWS puts before a function: HTTP to events, answers to HTTP, as each kind of front is known to do it.
struct Gateway: Sendable {
    let host: Host

    /// The front of a host; nil for the one that has none.
    init?(_ host: Host) {
        guard host != .server else { return nil }
        self.host = host
    }

    /// The event that a request becomes.
    func event(for call: Call) throws -> ByteBuffer {
        let event =
            switch host {
            case .server, .restAPI: restEvent(call)
            case .httpAPI: secondEvent(call, stage: "prod", domain: "a1.execute-api.us-east-1.amazonaws.com")
            case .functionURL: secondEvent(call, stage: "$default", domain: "abc.lambda-url.us-east-1.on.aws")
            case .balancer: balancerEvent(call, hasLists: false)
            case .balancerWithLists: balancerEvent(call, hasLists: true)
            }
        return ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: event))
    }

    // MARK: Payload 1.0

    /// Path encoded, query decoded, all binary (`BinaryMediaTypes: */*`).
    private func restEvent(_ call: Call) -> [String: Any] {
        let headers = grouped(forwarded(call))
        let query = pairs(call.query) { Self.decoded($0.replacing("+", with: " ")) }
        return [
            "resource": "/{proxy+}", "path": call.path, "httpMethod": call.method.rawValue,
            "headers": headers.compactMapValues(\.last), "multiValueHeaders": headers,
            "queryStringParameters": query.isEmpty ? NSNull() : query.compactMapValues(\.last) as Any,
            "multiValueQueryStringParameters": query.isEmpty ? NSNull() : query as Any,
            "pathParameters": ["proxy": String(call.path.dropFirst())], "stageVariables": NSNull(),
            "requestContext": [
                "stage": "prod", "path": "/prod" + call.path, "httpMethod": call.method.rawValue,
                "identity": ["sourceIp": "192.0.2.1", "userAgent": NSNull()], "requestTimeEpoch": 1_795_374_000_000,
            ],
            "body": call.body.isEmpty ? NSNull() : Data(call.body).base64EncodedString() as Any,
            "isBase64Encoded": !call.body.isEmpty,
        ]
    }

    // MARK: Payload 2.0

    /// HTTP APIs decode the path and put their stage before it; function URLs do neither.
    private func secondEvent(_ call: Call, stage: String, domain: String) -> [String: Any] {
        let isAPI = host == .httpAPI
        let path = isAPI ? "/prod" + Self.decoded(call.path).prefix { $0 != "?" } : call.path
        let all = forwarded(call).map { ($0.lowercased(), $1) }
        var event: [String: Any] = [
            "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": call.query,
            "headers": grouped(all.filter { $0.0 != "cookie" }).mapValues { $0.joined(separator: ",") },
            "requestContext": [
                "domainName": domain, "stage": stage, "timeEpoch": 1_795_374_000_000,
                "http": ["method": call.method.rawValue, "path": path, "sourceIp": "192.0.2.1"],
            ],
            "isBase64Encoded": false,
        ]
        let cookies = all.filter { $0.0 == "cookie" }.flatMap { $0.1.split(separator: "; ").map(String.init) }
        if !cookies.isEmpty { event["cookies"] = cookies }
        if !call.body.isEmpty { (event["body"], event["isBase64Encoded"]) = body(call) }
        return event
    }

    // MARK: Load balancers

    private func balancerEvent(_ call: Call, hasLists: Bool) -> [String: Any] {
        let headers = grouped(forwarded(call).map { ($0.lowercased(), $1) })
        let query = pairs(call.query) { $0 }
        var event: [String: Any] = [
            "requestContext": ["elb": ["targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/i/6"]],
            "httpMethod": call.method.rawValue, "path": call.path, "body": "", "isBase64Encoded": false,
        ]
        if !call.body.isEmpty { (event["body"], event["isBase64Encoded"]) = body(call) }
        // Without lists only the last of several fields arrives: the client has to join them itself.
        event[hasLists ? "multiValueHeaders" : "headers"] =
            hasLists ? headers as Any : headers.mapValues { $0.joined(separator: ", ") }
        event[hasLists ? "multiValueQueryStringParameters" : "queryStringParameters"] =
            hasLists ? query as Any : query.compactMapValues(\.last)
        return event
    }

    // MARK: What all share

    private func forwarded(_ call: Call) -> [(String, String)] {
        let sent = call.headers.map { ($0.name.rawName, $0.value) }
        let added = [("Host", "localhost"), ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "http")]
        return sent + added + (call.body.isEmpty ? [] : [("Content-Length", "\(call.body.count)")])
    }

    /// Text as text, all else in base64.
    private func body(_ call: Call) -> (Any, Any) {
        let type = call.headers[.contentType]?.prefix { $0 != ";" }.lowercased() ?? ""
        let isText =
            type.hasPrefix("text/") || ["application/json", "application/javascript", "application/xml"].contains(type)
        guard isText else { return (Data(call.body).base64EncodedString(), true) }
        return (String(decoding: call.body, as: UTF8.self), false)
    }

    private func grouped(_ pairs: [(String, String)]) -> [String: [String]] {
        Dictionary(grouping: pairs, by: \.0).mapValues { $0.map(\.1) }
    }

    private func pairs(_ query: String, _ decode: (String) -> String) -> [String: [String]] {
        grouped(
            query.split(separator: "&").map { pair in
                let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                return (decode(halves[0]), halves.count == 2 ? decode(halves[1]) : "")
            }
        )
    }

    private static func decoded(_ text: String) -> String { text.removingPercentEncoding ?? text }
}
