import HTTPEdge
import Hummingbird
import NIOCore

/// The form of an upload as it streams by: its fields first, then its file; what follows the file is ignored.
struct PostForm {
    /// The most bytes that all fields before the file may have together, names and values (AWS: 20 KB).
    static let maximumFieldByteCount = 20 << 10
    /// The most bytes of the body that are read for them, part headers and boundaries included, and again for what
    /// follows the file.
    static let maximumFramingByteCount = 128 << 10

    private var body: RequestBody.AsyncIterator
    private var reader: MultipartReader
    private var framingBudget = Self.maximumFramingByteCount

    /// Starts before the form's first byte.
    /// - Throws: `MalformedPOSTRequest` for a boundary that is none.
    init(_ body: RequestBody, boundary: String) throws(S3Error) {
        do { reader = try MultipartReader(boundary: boundary) } catch { throw .malformedPostRequest }
        self.body = body.makeAsyncIterator()
    }

    /// Reads all fields, up to the file's first byte.
    ///
    /// - Returns: The fields, and the file's name as the browser sent it.
    /// - Throws: `MaxPostPreDataLengthExceededError`, `MalformedPOSTRequest`, `InvalidArgument`, and what the body
    ///   throws.
    mutating func readFields() async throws -> (fields: FormFields, fileName: String) {
        var fields = FormFields()
        var byteCount = 0
        while let part = try await nextPart() {
            guard part.name.lowercased() != "file" else {
                framingBudget = Self.maximumFramingByteCount
                return (fields, part.fileName ?? "")
            }
            byteCount += part.name.utf8.count
            let value = try await readValue(byteCount: &byteCount)
            try fields.insert(part.name, value)
        }
        throw S3Error.postWithoutFile
    }

    /// More of the file; nil once all of it was read.
    mutating func nextContent() async throws -> ByteBuffer? {
        while true {
            switch try await nextEvent(isFraming: false) {
            case .content(let content): return content
            case .partEnd, .part, .end: return nil
            case .needsMore: continue
            }
        }
    }

    /// Reads what follows the file and ignores it, to be sure that the form was not cut off.
    mutating func finish() async throws {
        while try await nextEvent(isFraming: true) != .end {}
    }

    private mutating func nextPart() async throws -> FormPart? {
        while true {
            switch try await nextEvent(isFraming: true) {
            case .part(let part): return part
            case .end: return nil
            case .content, .partEnd, .needsMore: continue
            }
        }
    }

    private mutating func readValue(byteCount: inout Int) async throws -> String {
        var value = ByteBuffer()
        while case .content(var content) = try await nextEvent(isFraming: true) {
            byteCount += content.readableBytes
            guard byteCount <= Self.maximumFieldByteCount else {
                throw S3Error.postFieldsTooLarge(limit: Self.maximumFieldByteCount)
            }
            value.writeBuffer(&content)
        }
        guard let text = String(validating: value.readableBytesView, as: UTF8.self) else {
            throw S3Error.malformedPostRequest
        }
        return text
    }

    /// What comes next; reads on where nothing can be said yet.
    private mutating func nextEvent(isFraming: Bool) async throws -> MultipartReader.Event {
        while true {
            let event = try readEvent()
            guard event == .needsMore else { return event }
            guard let buffer = try await body.nextOrRefusal() else {
                try Task.checkCancellation()
                throw S3Error.malformedPostRequest
            }
            if isFraming {
                guard framingBudget > 0 else {
                    throw S3Error.postFieldsTooLarge(limit: Self.maximumFieldByteCount)
                }
                framingBudget -= buffer.readableBytes
            }
            reader.receive(buffer)
        }
    }

    private mutating func readEvent() throws(S3Error) -> MultipartReader.Event {
        do { return try reader.next() } catch { throw .malformedPostRequest }
    }
}
