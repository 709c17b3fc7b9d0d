import Foundation
import HTTPTypes
import Hummingbird

/// Routes that answer by what the request was, so that nothing can get lost on its way without a case that shows it.
enum EchoRoutes {
    static func add<Context: RequestContext>(to router: Router<Context>) {
        router.get("/echo/{name}", use: echo)
        router.post("/echo/{name}", use: echo)
        router.get("/cookies") { _, _ in
            var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
            headers.append(HTTPField(name: .setCookie, value: "a=1; Expires=Sun, 22 Nov 2026 19:00:00 GMT; Path=/"))
            headers.append(HTTPField(name: .setCookie, value: "b=\"x,y\"; HttpOnly"))
            headers.append(HTTPField(name: .vary, value: "Accept"))
            headers.append(HTTPField(name: .vary, value: "Origin"))
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: "ä\n\"")))
        }
        router.get("/fail") { _, _ -> Response in throw Unknown() }
        router.get("/bytes") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/octet-stream"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: UInt8.min...UInt8.max))
            )
        }
        router.get("/pieces") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain"],
                body: ResponseBody { writer in
                    for piece in 0..<5 { try await writer.write(ByteBuffer(string: "piece \(piece)\n")) }
                    try await writer.finish(nil)
                }
            )
        }
    }

    private struct Unknown: Error {}

    @Sendable private static func echo(request: Request, context: some RequestContext) async throws -> Response {
        let body = try await request.body.collect(upTo: 8 << 20)
        let query = request.uri.queryParameters.map { "\($0.key.removingPercentEncoding ?? "?")=\($0.value)" }
        let shown = ["accept", "cookie", "if-modified-since", "user-agent", "x-odd", "content-type", "content-length"]
        var headers: [String: String] = [:]
        for name in shown.compactMap({ HTTPField.Name($0) }) { headers[name.canonicalName] = request.headers[name] }
        // Fronts join repeated fields with or without a blank; both mean the same (RFC 9110 §5.3).
        headers["accept"] = headers["accept"]?.replacing(", ", with: ",")
        let object: [String: Any] = [
            "method": request.method.rawValue, "name": context.parameters.get("name")?.removingPercentEncoding ?? "",
            "query": query.sorted(), "headers": headers, "authority": request.head.authority ?? "",
            "scheme": request.head.scheme ?? "", "body": Data(body.readableBytesView).base64EncodedString(),
        ]
        let json = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
        return Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json))
        )
    }
}
