import AWSTransport
import HTTPTypes
import NIOCore
import S3XML

extension S3Client {
    /// Sends a request and reads the XML document that answers it.
    ///
    /// An `<Error>` inside a 200, as a long CopyObject or CompleteMultipartUpload may have, becomes that error, and is
    /// tried again like one with its own status would be.
    func document(_ request: AWSRequest, root name: String) async throws -> XMLElement {
        let (retry, clock) = (client.configuration.retry, client.configuration.clock)
        var attempt = 1
        while true {
            let answer = try await client.collect(request, upTo: XMLAnswer.maximumByteCount)
            do {
                return try XMLAnswer.document(answer.body, root: name, status: answer.status.code)
            } catch {
                guard error.isRetryable, attempt < retry.maximumAttempts else { throw error }
            }
            try await clock.sleep(min(retry.baseDelay * (1 << attempt), retry.maximumDelay) * clock.random())
            attempt += 1
        }
    }
}

/// How an XML answer is read: whole, within a bound, and as the document that was asked for.
enum XMLAnswer {
    /// The most bytes of an answer that are read: a page of 1000 keys of 1024 bytes, percent-encoded, twice over.
    static let maximumByteCount = 8 << 20

    /// The document in the bytes, of which the root must have this name.
    static func document(_ body: ByteBuffer, root name: String, status: Int) throws(AWSError) -> XMLElement {
        // Stores keep a slow answer's line alive with blanks, so the declaration need not be at the very beginning.
        let bytes = body.readableBytesView.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        let root: XMLElement
        do {
            root = try XMLElement(parsing: bytes)
        } catch {
            throw .badAnswer("its \(bytes.count) bytes are no well-formed <\(name)>")
        }
        if root.name == "Error" { throw .inside(root, status: status) }
        guard root.name == name else { throw .badAnswer("<\(root.name.excerpt)> came instead of <\(name)>") }
        return root
    }
}
