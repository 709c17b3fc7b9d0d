import Foundation
import HTTPTypes
import Hummingbird
import LambdaRuntime
import Logging
import NIOCore

@testable import LambdaWeb

/// A function that answers every request by what it was, on events that tests write as JSON objects.
struct EventBench {
    static let requestID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd"
    static let invocation = Invocation(
        requestID: requestID,
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    )

    var configuration = LambdaWebConfiguration()
    var respond: @Sendable (Request, LambdaRequestContext) async throws -> Response = { request, context in
        let body = try await request.body.collect(upTo: 8 << 20)
        let line = "\(request.method) \(request.head.path ?? "") \(context.id) \(context.clientAddress ?? "-")"
        let type = request.headers[.accept] ?? "text/plain"
        return Response(
            status: .ok,
            headers: [.contentType: type],
            body: ResponseBody(byteBuffer: body.readableBytes > 0 ? body : ByteBuffer(string: line))
        )
    }

    /// The answer to an event.
    func answer(_ event: Any) async throws -> [String: Any] {
        try await answer(text: ByteBuffer(bytes: JSONSerialization.data(withJSONObject: event)))
    }

    /// The answer to an event's text.
    func answer(text: ByteBuffer) async throws -> [String: Any] {
        let handler = LambdaWebHandler(responder: CallbackResponder(callback: respond), configuration: configuration)
        guard case .whole(let document) = try await handler.answer(text, Self.invocation) else { return [:] }
        let object = try JSONSerialization.jsonObject(with: Data(document.readableBytesView))
        return object as? [String: Any] ?? [:]
    }

    /// The request that an event becomes.
    static func request(_ event: [String: Any]) throws -> Request {
        try Request(WebEvent(parsing: ByteBuffer(bytes: JSONSerialization.data(withJSONObject: event))))
    }
}

/// Events as AWS sends them, with the fields that matter; each test changes what it is about.
enum Events {
    static func rest(_ changes: [String: Any] = [:]) -> [String: Any] {
        let event: [String: Any] = [
            "resource": "/{proxy+}", "path": "/gallery", "httpMethod": "GET",
            "headers": ["Host": "a1.execute-api.us-east-1.amazonaws.com"],
            "multiValueHeaders": ["Host": ["a1.execute-api.us-east-1.amazonaws.com"]],
            "queryStringParameters": NSNull(), "multiValueQueryStringParameters": NSNull(),
            "pathParameters": ["proxy": "gallery"], "stageVariables": NSNull(),
            "requestContext": [
                "stage": "prod", "path": "/prod/gallery", "identity": ["sourceIp": "192.0.2.7", "accessKey": NSNull()],
                "domainName": "a1.execute-api.us-east-1.amazonaws.com", "requestTimeEpoch": 1_795_374_000_123,
            ],
            "body": NSNull(), "isBase64Encoded": false,
        ]
        return event.merging(changes) { $1 }
    }

    static func http(
        _ changes: [String: Any] = [:],
        stage: String = "$default",
        method: String = "GET"
    ) -> [String: Any] {
        let event: [String: Any] = [
            "version": "2.0", "routeKey": "$default", "rawPath": "/gallery", "rawQueryString": "",
            "headers": ["host": "a1.execute-api.us-east-1.amazonaws.com"],
            "requestContext": [
                "domainName": "a1.execute-api.us-east-1.amazonaws.com", "stage": stage, "timeEpoch": 1_795_374_000_123,
                "http": ["method": method, "path": "/gallery", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.8"],
            ],
            "isBase64Encoded": false,
        ]
        return event.merging(changes) { $1 }
    }

    static func url(_ changes: [String: Any] = [:], method: String = "GET") -> [String: Any] {
        let domain = "abc.lambda-url.us-east-1.on.aws"
        let context: [String: Any] = [
            "domainName": domain, "stage": "$default", "accountId": "anonymous",
            "http": ["method": method, "path": "/gallery", "sourceIp": "2001:db8::9"],
        ]
        let event = http(["headers": ["host": domain], "requestContext": context])
        return event.merging(changes) { $1 }
    }

    static func balancer(_ changes: [String: Any] = [:], multiValue: Bool = false) -> [String: Any] {
        var event: [String: Any] = [
            "requestContext": ["elb": ["targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/i/6"]],
            "httpMethod": "GET", "path": "/gallery", "body": "", "isBase64Encoded": false,
        ]
        let headers = [
            "host": "lb.example", "x-forwarded-for": "198.51.100.1, 192.0.2.10", "x-forwarded-proto": "http",
        ]
        if multiValue {
            event["multiValueHeaders"] = headers.mapValues { [$0] }
            event["multiValueQueryStringParameters"] = [String: [String]]()
        } else {
            event["headers"] = headers
            event["queryStringParameters"] = [String: String]()
        }
        return event.merging(changes) { $1 }
    }

    /// One of each.
    static var all: [(name: String, event: [String: Any])] {
        [
            ("rest", rest()), ("http", http()), ("url", url()), ("balancer", balancer()),
            ("balancer with lists", balancer(multiValue: true)),
        ]
    }
}
