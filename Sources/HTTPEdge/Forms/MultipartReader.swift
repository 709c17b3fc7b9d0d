package import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads `multipart/form-data` (RFC 7578) as it streams by: a state machine without I/O and with bounded memory.
///
/// Feed it with `receive`, then call `next` until it answers `needsMore`.
package struct MultipartReader: Sendable {
    /// What the next bytes mean.
    package enum Event: Equatable, Sendable {
        /// A part begins.
        case part(FormPart)
        /// Some of the part's content.
        case content(ByteBuffer)
        /// The part's content is complete.
        case partEnd
        /// The form is complete; what follows is ignored.
        case end
        /// Nothing more can be said yet.
        case needsMore
    }

    /// The most parts a form may have.
    package static let maximumPartCount = 1000
    /// The most bytes the headers of one part may have.
    package static let maximumHeaderByteCount = 8192

    private enum State: Sendable {
        case preamble
        /// Behind a boundary that ends the preamble or, which is only certain with the bytes behind it, a part.
        case afterDelimiter(endsPart: Bool)
        case headers
        case content
        case ended
    }

    private var state = State.preamble
    private var partCount = 0
    private let delimiter: [UInt8]
    /// What is not yet understood: at most one read and a delimiter or a header block.
    private var pending = ByteBuffer(string: "\r\n")

    /// Starts before a form's first byte.
    ///
    /// - Parameter boundary: What stands between the parts: 1 to 70 characters (RFC 2046 §5.1.1).
    /// - Throws: ``MalformedForm/badBoundary``.
    package init(boundary: String) throws(MalformedForm) {
        guard (1...70).contains(boundary.utf8.count) else { throw .badBoundary }
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// Takes the next bytes of the body.
    package mutating func receive(_ buffer: ByteBuffer) {
        var buffer = buffer
        pending.discardReadBytes()
        pending.writeBuffer(&buffer)
    }

    /// Checks, when the body has ended, that the form has too.
    ///
    /// - Throws: ``MalformedForm/cutOff``.
    package func finish() throws(MalformedForm) {
        guard case .ended = state else { throw .cutOff }
    }

    /// What the bytes received so far say next.
    ///
    /// - Throws: ``MalformedForm`` for a form that breaks RFC 7578 or a limit.
    package mutating func next() throws(MalformedForm) -> Event {
        while true {
            switch state {
            case .preamble:
                guard skipToDelimiter() else { return .needsMore }
                state = .afterDelimiter(endsPart: false)
            case .afterDelimiter(let endsPart):
                guard let isLast = try readDelimiterEnd() else { return .needsMore }
                state = isLast ? .ended : .headers
                if endsPart { return .partEnd }
            case .headers:
                guard let part = try readHeaders() else { return .needsMore }
                state = .content
                return .part(part)
            case .content:
                guard let content = readContent() else { continue }
                return content
            case .ended:
                pending.clear()
                return .end
            }
        }
    }

    private mutating func skipToDelimiter() -> Bool {
        if let offset = offset(of: delimiter) {
            pending.moveReaderIndex(forwardBy: offset + delimiter.count)
            return true
        }
        pending.moveReaderIndex(forwardBy: max(0, pending.readableBytes - delimiter.count + 1))
        return false
    }

    /// `--` ends the form, a line end (with blanks before it, RFC 2046) begins a part; `nil` while neither is there.
    private mutating func readDelimiterEnd() throws(MalformedForm) -> Bool? {
        while pending.getInteger(at: pending.readerIndex) == UInt8(ascii: " ") { pending.moveReaderIndex(forwardBy: 1) }
        switch pending.readInteger(as: UInt16.self) {
        case nil: return nil
        case 0x0D0A: return false
        case 0x2D2D: return true
        default: throw .brokenBoundary
        }
    }

    private mutating func readHeaders() throws(MalformedForm) -> FormPart? {
        var block: String
        if pending.readableBytes >= 2, pending.getInteger(at: pending.readerIndex, as: UInt16.self) == 0x0D0A {
            block = ""
            pending.moveReaderIndex(forwardBy: 2)
        } else if let length = offset(of: Array("\r\n\r\n".utf8)) {
            guard length <= Self.maximumHeaderByteCount else {
                throw .partHeadersTooLarge(limit: Self.maximumHeaderByteCount)
            }
            block = pending.readString(length: length) ?? ""
            pending.moveReaderIndex(forwardBy: 4)
        } else if pending.readableBytes > Self.maximumHeaderByteCount {
            throw .partHeadersTooLarge(limit: Self.maximumHeaderByteCount)
        } else {
            return nil
        }
        partCount += 1
        guard partCount <= Self.maximumPartCount else { throw .tooManyParts(limit: Self.maximumPartCount) }
        guard let part = FormPart(headerBlock: block) else { throw .partWithoutName }
        return part
    }

    /// Content up to the next boundary; `nil` at the boundary.
    private mutating func readContent() -> Event? {
        if let offset = offset(of: delimiter) {
            if offset > 0, let content = pending.readSlice(length: offset) { return .content(content) }
            pending.moveReaderIndex(forwardBy: delimiter.count)
            state = .afterDelimiter(endsPart: true)
            return nil
        }
        let safe = pending.readableBytes - delimiter.count + 1
        guard safe > 0, let content = pending.readSlice(length: safe) else { return .needsMore }
        return .content(content)
    }

    /// How far away a pattern is.
    private func offset(of pattern: [UInt8]) -> Int? {
        unsafe pending.withUnsafeReadableBytes { bytes in
            var start = 0
            while start + pattern.count <= bytes.count {
                guard let candidate = unsafe Self.offset(of: pattern[0], in: bytes, from: start),
                    candidate + pattern.count <= bytes.count
                else { return nil }
                if unsafe bytes[candidate..<candidate + pattern.count].elementsEqual(pattern) { return candidate }
                start = candidate + 1
            }
            return nil
        }
    }

    /// Where a byte next stands, by the C library's vectorised search.
    private static func offset(of byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, let found = unsafe memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return unsafe UnsafeRawPointer(found) - base
    }
}
