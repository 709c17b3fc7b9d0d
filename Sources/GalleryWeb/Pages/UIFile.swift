import Crypto
import HTTPEdge
import Hummingbird

/// One embedded file of the page, and how it is served.
struct UIFile: Sendable {
    /// What the file is.
    enum Kind: String, Sendable {
        case js = "text/javascript; charset=utf-8"
        case css = "text/css; charset=utf-8"
        case svg = "image/svg+xml"
    }

    private let kind: Kind
    private let body: ByteBuffer
    private let etag: String

    init(_ kind: Kind, _ bytes: [UInt8]) {
        self.kind = kind
        body = ByteBuffer(bytes: bytes)
        let digest = SHA256.hash(data: bytes).prefix(8)
        etag = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The file, or 304 when the browser has it.
    ///
    /// Browsers ask each time, so a new version shows at once.
    func answer(to request: Request) -> Response {
        var headers: HTTPFields = [.eTag: "\"\(etag)\"", .cacheControl: "no-cache"]
        if let match = request.headers[.ifNoneMatch], EntityTag.matches(match, etag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = kind.rawValue
        if kind == .svg { headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
