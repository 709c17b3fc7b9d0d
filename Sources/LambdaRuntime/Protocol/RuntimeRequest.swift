import NIOCore
import NIOHTTP1

/// A request to the Runtime API.
struct RuntimeRequest: Sendable, Equatable {
    private static let version = "/2018-06-01/runtime"

    /// What is asked, for the log.
    let name: String
    /// GET or POST.
    let method: HTTPMethod
    /// The path.
    let path: String
    /// Headers beside those of every request.
    var headers: HTTPHeaders = [:]
    /// The body; nil for GET and for a stream.
    var body: ByteBuffer?

    /// Waits for the next event.
    static let next = RuntimeRequest(name: "next", method: .GET, path: "\(version)/invocation/next")

    /// The whole answer to an invocation.
    static func answer(_ body: ByteBuffer, to head: InvocationHead) -> RuntimeRequest {
        var request = RuntimeRequest(name: "response", method: .POST, path: path(head, "response"), body: body)
        request.headers.add(name: "Content-Type", value: "application/json")
        request.echo(head)
        return request
    }

    /// The head of a streamed answer.
    static func stream(to head: InvocationHead, isHTTP: Bool) -> RuntimeRequest {
        var request = RuntimeRequest(name: "response", method: .POST, path: path(head, "response"))
        let type = isHTTP ? "application/vnd.awslambda.http-integration-response" : "application/octet-stream"
        request.headers = [
            "Content-Type": type,
            "Transfer-Encoding": "chunked",
            "Lambda-Runtime-Function-Response-Mode": "streaming",
            "Trailer": "\(StreamTrailer.type), \(StreamTrailer.body)",
        ]
        request.echo(head)
        return request
    }

    /// An invocation that failed.
    static func failure(_ report: ErrorReport, of head: InvocationHead) -> RuntimeRequest {
        var request = failure(report, name: "error", path: path(head, "error"))
        request.headers.add(name: "Lambda-Runtime-Function-XRay-Error-Cause", value: report.traceCause)
        request.echo(head)
        return request
    }

    /// A program that could not start.
    static func initializationFailure(_ report: ErrorReport) -> RuntimeRequest {
        failure(report, name: "init error", path: "\(version)/init/error")
    }

    private static func failure(_ report: ErrorReport, name: String, path: String) -> RuntimeRequest {
        RuntimeRequest(
            name: name,
            method: .POST,
            path: path,
            headers: [
                "Content-Type": "application/vnd.aws.lambda.error+json",
                "Lambda-Runtime-Function-Error-Type": report.type,
            ],
            body: report.body
        )
    }

    private static func path(_ head: InvocationHead, _ what: String) -> String {
        "\(version)/invocation/\(head.requestID)/\(what)"
    }

    private mutating func echo(_ head: InvocationHead) {
        guard let id = head.invocationID else { return }
        headers.add(name: "Lambda-Runtime-Invocation-Id", value: id)
    }
}

extension RuntimeRequest {
    private static let extensions = "/2020-01-01/extension"

    /// Makes this process an extension that wants no events, so that Lambda warns it by SIGTERM before it ends it.
    static func register(extension name: String) -> RuntimeRequest {
        RuntimeRequest(
            name: "extension register",
            method: .POST,
            path: "\(extensions)/register",
            headers: ["Content-Type": "application/json", "Lambda-Extension-Name": name],
            body: ByteBuffer(string: #"{"events":[]}"#)
        )
    }

    /// Says that the extension is ready, and waits for the event that never comes.
    static func nextEvent(extension identifier: String) -> RuntimeRequest {
        RuntimeRequest(
            name: "extension next",
            method: .GET,
            path: "\(extensions)/event/next",
            headers: ["Lambda-Extension-Identifier": identifier]
        )
    }
}

/// The trailers that say how a stream failed.
enum StreamTrailer {
    /// The error's type.
    static let type = "Lambda-Runtime-Function-Error-Type"
    /// The error's JSON document, in base64.
    static let body = "Lambda-Runtime-Function-Error-Body"

    /// The trailers of a failure.
    static func fields(_ report: ErrorReport) -> HTTPHeaders {
        [type: report.type, body: Base64Text.encoded(report.body.readableBytesView)]
    }
}
