import GalleryCore
import HTTPEdge
import HTTPTypes
import Hummingbird
import ImageMetadata

/// `/images/<id>.<ext>` and `/renditions/<id>/<width>.webp`: public bytes, for ever the same.
struct PublicFileRoutes: Sendable {
    /// How much is read at once.
    private static let pieceByteCount: Int64 = 256 << 10

    let gallery: Gallery

    /// A picture.
    @Sendable func picture(request: Request, context: some RequestContext) async throws -> Response {
        guard let file = context.parameters.get("file", as: PublishedFile.self), case .picture = file.kind else {
            throw HTTPError(.notFound)
        }
        return try await answer(request, file)
    }

    /// One of a picture's smaller sizes.
    @Sendable func rendition(request: Request, context: some RequestContext) async throws -> Response {
        guard let id = context.parameters.get("id"), let name = context.parameters.get("file"),
            let file = PublishedFile("\(id)/\(name)"), case .rendition = file.kind
        else { throw HTTPError(.notFound) }
        return try await answer(request, file)
    }

    /// `GET` and `HEAD`, with Range and If-None-Match (RFC 9110 §13, §14).
    private func answer(_ request: Request, _ file: PublishedFile) async throws -> Response {
        guard let object = try await gallery.storage.published(file) else { throw HTTPError(.notFound) }
        var headers = self.headers(of: file, object)
        if let match = request.headers[.ifNoneMatch], EntityTag.matches(match, object.etag) {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        switch ByteRange(rangeHeader(of: request, object), byteCount: object.byteCount) {
        case .whole:
            return response(.ok, headers, object, 0..<object.byteCount, isHead: request.method == .head)
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(object.byteCount)"
            return response(.partialContent, headers, object, range, isHead: request.method == .head)
        case .unsatisfiable:
            return Response(status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(object.byteCount)"])
        }
    }

    private func headers(of file: PublishedFile, _ object: PublishedObject) -> HTTPFields {
        var headers: HTTPFields = [
            .contentType: file.format.mediaType,
            .eTag: "\"\(object.etag)\"",
            .lastModified: HTTPDate(object.lastModified).description,
            .cacheControl: "public, max-age=31536000, immutable",
            .acceptRanges: "bytes",
            .contentSecurityPolicy: "sandbox",
            .accessControlAllowOrigin: "*",
        ]
        if let name = HTTPField.Name("Cross-Origin-Resource-Policy") { headers[name] = "cross-origin" }
        return headers
    }

    /// The range asked for, unless `If-Range` names another object.
    private func rangeHeader(of request: Request, _ object: PublishedObject) -> String? {
        guard let condition = request.headers[.ifRange] else { return request.headers[.range] }
        let isSame = condition == "\"\(object.etag)\"" || condition == HTTPDate(object.lastModified).description
        return isSame ? request.headers[.range] : nil
    }

    private func response(
        _ status: HTTPResponse.Status,
        _ headers: HTTPFields,
        _ object: PublishedObject,
        _ range: Range<Int64>,
        isHead: Bool
    ) -> Response {
        var headers = headers
        headers[.contentLength] = "\(range.count)"
        guard !isHead else { return Response(status: status, headers: headers) }
        let body = ResponseBody(contentLength: range.count) { writer in
            var position = range.lowerBound
            while position < range.upperBound {
                let end = min(position + Self.pieceByteCount, range.upperBound)
                try await writer.write(try await object.read(position..<end))
                position = end
            }
            try await writer.finish(nil)
        }
        return Response(status: status, headers: headers, body: body)
    }
}
