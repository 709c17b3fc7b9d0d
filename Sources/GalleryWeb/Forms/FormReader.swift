import GalleryCore
import HTTPEdge
import Hummingbird

/// The parts of a request's form, one after the other, as they arrive.
struct FormReader {
    /// The most bytes a plain field may have.
    static let maximumFieldByteCount = 4096

    private var body: RequestBody.AsyncIterator
    private var reader: MultipartReader

    /// - Throws: `FormError.notAForm` when the request is no form, `MalformedForm` when its boundary is none.
    init(_ request: Request) throws {
        guard let boundary = FormBoundary.of(request.headers[.contentType] ?? "") else { throw FormError.notAForm }
        reader = try MultipartReader(boundary: boundary)
        body = request.body.makeAsyncIterator()
    }

    /// True when the request says it is a form.
    static func isForm(_ request: Request) -> Bool {
        request.headers[.contentType].flatMap(FormBoundary.of) != nil
    }

    /// The next part; skips what is left of the one before.
    ///
    /// `nil` after the last.
    mutating func nextPart() async throws -> FormPart? {
        while true {
            switch try await nextEvent() {
            case .part(let part): return part
            case .end: return nil
            case .content, .partEnd, .needsMore: continue
            }
        }
    }

    /// More of the current part's content; `nil` after its end.
    mutating func nextContent() async throws -> ByteBuffer? {
        while true {
            switch try await nextEvent() {
            case .content(let content): return content
            case .partEnd, .end, .part: return nil
            case .needsMore: continue
            }
        }
    }

    /// The whole content of a plain field.
    mutating func text(of part: FormPart) async throws -> String {
        var text = ByteBuffer()
        while var content = try await nextContent() {
            text.writeBuffer(&content)
            guard text.readableBytes <= Self.maximumFieldByteCount else {
                throw FormError.fieldTooLarge(name: part.name, limit: Self.maximumFieldByteCount)
            }
        }
        return String(buffer: text)
    }

    private mutating func nextEvent() async throws -> MultipartReader.Event {
        while true {
            let event = try reader.next()
            guard event == .needsMore else { return event }
            guard let buffer = try await body.next(isolation: #isolation) else {
                try reader.finish()
                return .end
            }
            reader.receive(buffer)
        }
    }
}
