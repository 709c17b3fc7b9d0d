import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// An answer of the front, its body collected.
struct S3Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: ByteBuffer
    /// How many buffers the body came in.
    let pieceCount: Int

    init(_ response: Response) async throws {
        let collector = BodyCollector()
        try await response.body.write(collector)
        status = response.status.code
        headers = response.headers
        body = collector.collected.withLock { $0.body }
        pieceCount = collector.collected.withLock { $0.count }
    }

    /// The length of the body in bytes.
    var byteCount: Int { body.readableBytes }

    var text: String { String(buffer: body) }

    /// S3's error code, when the answer is an error document.
    var code: String? { element("Code") }

    var message: String? { element("Message") }

    /// The text of the first element with this name, still escaped.
    func element(_ name: String) -> String? { elements(name).first }

    /// The texts of all elements with this name, still escaped.
    func elements(_ name: String) -> [String] {
        text.split(separator: "<\(name)>").dropFirst().compactMap { part in
            part.range(of: "</\(name)>").map { String(part[..<$0.lowerBound]) }
        }
    }

    subscript(header: String) -> String? {
        HTTPField.Name(header).flatMap { headers[$0] }
    }
}

/// Takes what a response body writes.
private final class BodyCollector: ResponseBodyWriter, Sendable {
    let collected = Mutex<(body: ByteBuffer, count: Int)>((ByteBuffer(), 0))

    func write(_ buffer: ByteBuffer) async throws {
        collected.withLock {
            $0.body.writeImmutableBuffer(buffer)
            $0.count += 1
        }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
