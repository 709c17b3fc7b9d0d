import HTTPTypes
import Hummingbird
import LambdaRuntime
import NIOCore

/// A refusal that no router has seen, as RFC 9457 problem JSON.
struct AnswerProblem: Equatable {
    /// The status.
    let status: HTTPResponse.Status
    /// A word for programs.
    let code: String
    /// A sentence for people.
    let detail: String
    /// The limit that was hit, in bytes.
    var limit: Int?
    /// What to quote to whoever runs the function.
    var requestID: String?

    /// The problem as JSON.
    var body: ByteBuffer {
        var json = JSONText()
        json.object { json in
            json.field("code", code)
            json.field("detail", detail)
            if let limit { json.field("limit") { $0.number(limit) } }
            if let requestID { json.field("requestId", requestID) }
            json.field("status") { $0.number(status.code) }
            json.field("title", status.reasonPhrase)
            json.field("type", "about:blank")
        }
        return ByteBuffer(string: json.text)
    }

    /// The answer.
    var response: Response {
        Response(
            status: status,
            headers: [
                .contentType: "application/problem+json", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: body)
        )
    }
}

extension AnswerProblem {
    /// What the client is told of an event that cannot become a request.
    init(_ fault: EventFault, presignedRoute: String) {
        switch fault {
        case .notJSON, .notHTTP:
            self.init(status: .badRequest, code: "bad-event", detail: "The event is no HTTP request.")
        case .badField(let path, let expected):
            self.init(
                status: .badRequest,
                code: "bad-event",
                detail: "The request cannot be used: `\(path)` of the gateway's event must be \(expected)."
            )
        case .tooLarge(_, let limit):
            self.init(
                status: .contentTooLarge,
                code: "too-large",
                detail: """
                    What passes through this gateway may have \(limit) bytes at most, in base64 with all headers: a \
                    file of about 4.4 MiB. Send larger files straight to the storage, by a presigned URL: \
                    \(presignedRoute).
                    """,
                limit: limit
            )
        case .mangledBody(let mediaType, let count):
            self.init(mangled: mediaType, count: count, presignedRoute: presignedRoute)
        }
    }

    /// The lesson.
    private init(mangled mediaType: String, count: Int, presignedRoute: String) {
        let type = mediaType.isEmpty ? "application/octet-stream" : mediaType
        self.init(
            status: .unsupportedMediaType,
            code: "binary-body-mangled",
            detail: """
                The gateway took the file for text and ruined it on its way: \(count) times U+FFFD stands where bytes \
                were, and they cannot be brought back. Nothing was stored. Send the file straight to the storage, by \
                a presigned URL (\(presignedRoute)); that way avoids the gateway. Whoever runs this can also cure it \
                in the API's settings: `BinaryMediaTypes: \(type)`.
                """
        )
    }

    /// An answer that does not fit.
    static func answerTooLarge(limit: Int) -> AnswerProblem {
        AnswerProblem(
            status: .internalServerError,
            code: "answer-too-large",
            detail: """
                The answer is larger than the \(limit) bytes that pass through this gateway, headers and base64 \
                included. Ask for less at once: a part of it by `Range`, or a shorter page.
                """,
            limit: limit
        )
    }

    /// Something went wrong, and only the log says what.
    static func internalError(_ requestID: String) -> AnswerProblem {
        AnswerProblem(
            status: .internalServerError,
            code: "internal",
            detail: """
                Something went wrong on the server. \
                Whoever runs it finds the cause in the log under this request's id.
                """,
            requestID: requestID
        )
    }
}
