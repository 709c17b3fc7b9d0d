import HTTPTypes

@testable import ObjectStore

extension S3Bench {
    /// Starts an upload to `imgn/a` and returns its id.
    func start(_ headers: HTTPFields = [:], key: String = "a") async throws -> String {
        try await call(.post, "/imgn/\(key)?uploads", headers).element("UploadId") ?? ""
    }

    /// Sends a part of the upload to `imgn/a`.
    func send(_ number: Int, _ body: String, to id: String, _ headers: HTTPFields = [:]) async throws -> S3Answer {
        try await call(.put, "/imgn/a?partNumber=\(number)&uploadId=\(id)", headers, body: body)
    }

    /// Completes the upload to `imgn/a` by a document.
    func complete(_ id: String, _ xml: String, _ headers: HTTPFields = [:]) async throws -> S3Answer {
        try await call(.post, "/imgn/a?uploadId=\(id)", headers, body: xml)
    }

    /// Starts an upload to `imgn/a` and sends parts 1, 2, …; returns its id and the document that completes it.
    func upload(_ bodies: [String], _ headers: HTTPFields = [:]) async throws -> (id: String, xml: String) {
        let id = try await start(headers)
        var parts: [String] = []
        for (index, body) in bodies.enumerated() {
            let answer = try await send(index + 1, body, to: id)
            let checksums = ChecksumAlgorithm.allCases.compactMap { algorithm in
                answer[algorithm.headerName].map { "<\(algorithm.elementName)>\($0)</\(algorithm.elementName)>" }
            }
            parts.append(Self.part(index + 1, answer["etag"] ?? "", checksums.joined()))
        }
        return (id, Self.document(parts))
    }

    /// One part in a completion's document.
    static func part(_ number: Int, _ etag: String, _ more: String = "") -> String {
        "<Part><PartNumber>\(number)</PartNumber><ETag>\(etag)</ETag>\(more)</Part>"
    }

    /// A completion's document.
    static func document(_ parts: [String]) -> String {
        "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(parts.joined())"
            + "</CompleteMultipartUpload>"
    }
}
