import HTTPEdge
import HTTPTypes
import Hummingbird
import NIOCore

/// GetObject and HeadObject: conditions, one range or part, `response-` overrides; the body in steps of 256 KiB.
struct GetObject: Sendable {
    /// Where the object is.
    let store: ObjectStore

    /// How much is read and sent at once, in bytes; an answer of at most this size is read before its head is sent.
    static let stepByteCount: Int64 = 256 << 10

    /// Answers a GET, or a HEAD with the same headers and no body.
    /// - Throws: `NoSuchKey`, `PreconditionFailed`, `InvalidRange`, `InvalidPartNumber`, `InvalidArgument`,
    ///   `InvalidRequest`.
    func respond(to request: S3Request, at address: ObjectAddress) async throws -> Response {
        let response = try await store.withObject(address.key, in: address.bucket) { reader in
            try await respond(to: request, from: reader)
        }
        guard let response else { throw S3Error.noSuchKey(address.key.rawValue) }
        return response
    }

    private func respond(to request: S3Request, from reader: ObjectReader) async throws -> Response {
        let info = reader.info
        switch ReadConditions(request.headers).judge(info) {
        case .failed(let condition): throw S3Error.preconditionFailed(condition)
        case .notModified: return notModified(info.headers(showsChecksum: false))
        case .proceed: break
        }
        let part = try RequestedPart(request)
        let range = try part.map { part throws(S3Error) in try part.range(of: info) } ?? range(of: info, request)
        // A checksum is of the whole object: with a range of it, clients would take it for the range's.
        let wantsChecksum = request.amz("x-amz-checksum-mode") == "ENABLED"
        var headers = info.headers(showsChecksum: range == nil && wantsChecksum)
        if let part { headers.append(contentsOf: part.headers(of: info, showsChecksum: wantsChecksum)) }
        try override(&headers, request)
        let bytes = range ?? 0..<info.byteCount
        // An empty part is all there is to send, and no Content-Range can say so: 200.
        let isPartial = range != nil && !bytes.isEmpty
        if isPartial { headers[.contentRange] = "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(info.byteCount)" }
        headers[.contentLength] = String(bytes.count)
        let isHead = request.head.method == .head
        return Response(
            status: isPartial ? .partialContent : .ok,
            headers: headers,
            body: isHead ? ResponseBody() : try await Self.body(bytes, of: reader)
        )
    }

    private func notModified(_ headers: HTTPFields) -> Response {
        var response = Response(status: .notModified)
        for name in [HTTPField.Name.eTag, .lastModified, .cacheControl, .expires] {
            response.headers[name] = headers[name]
        }
        return response
    }

    /// The range to send, or nil for the whole object, which `If-Range` with another ETag or date makes of any.
    private func range(of info: ObjectInfo, _ request: S3Request) throws(S3Error) -> Range<Int64>? {
        let header = request.headers[.range]
        if let validator = request.headers[.ifRange] {
            let date = ObjectTime(milliseconds: info.lastModified).httpDate
            guard validator == info.quotedETag || validator == date else { return nil }
        }
        switch ByteRange(header, byteCount: info.byteCount) {
        case .whole: return nil
        case .part(let range): return range
        case .unsatisfiable: throw .invalidRange(header ?? "", byteCount: info.byteCount)
        }
    }
}

// MARK: Body

extension GetObject {
    /// The bytes of the object that the reader holds open, even if its key gets another object meanwhile.
    ///
    /// A short body is read at once, so that a disk that fails is an answer and not a cut connection.
    private static func body(_ range: Range<Int64>, of reader: ObjectReader) async throws -> ResponseBody {
        if range.isEmpty { return ResponseBody() }
        if range.count <= stepByteCount { return ResponseBody(byteBuffer: try await reader.read(range)) }
        return ResponseBody(contentLength: range.count) { writer in
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Int(stepByteCount)) {
                let end = min(start + stepByteCount, range.upperBound)
                try await writer.write(try await reader.read(start..<end))
            }
            try await writer.finish(nil)
        }
    }
}

// MARK: Overrides

extension GetObject {
    private static let overrides: KeyValuePairs<String, HTTPField.Name> = [
        "response-content-type": .contentType,
        "response-content-disposition": .contentDisposition,
        "response-content-encoding": .contentEncoding,
        "response-content-language": .contentLanguage,
        "response-cache-control": .cacheControl,
        "response-expires": .expires,
    ]

    /// Sets the headers that the (always signed) query asks for.
    private func override(_ headers: inout HTTPFields, _ request: S3Request) throws(S3Error) {
        for (parameter, name) in Self.overrides {
            guard let value = request.query(parameter) else { continue }
            guard HTTPField.isValidValue(value) else {
                throw .invalidArgument(parameter, value, "The value cannot be a header.")
            }
            headers[name] = value
        }
    }
}
