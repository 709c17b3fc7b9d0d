import AWSTransport
import Crypto
import HTTPTypes
import NIOCore

/// Checks an object's bytes as they arrive: that those asked for come, as many as announced, with the right digest.
struct ByteCheck {
    /// What the store says about the whole object.
    let head: ObjectHead
    /// Which of its bytes come.
    let range: Range<Int64>

    private var left: Int64
    private var hasher: SHA256?

    /// Reads the head of an answer to GET.
    ///
    /// - Throws: `badAnswer` when it does not say what comes, or when that is not what was asked for.
    init(_ status: HTTPResponse.Status, _ headers: HTTPFields, asked: Range<Int64>?) throws(AWSError) {
        let sent = try SentRange(status, headers)
        guard sent.matches(asked) else {
            throw .badAnswer("bytes \(sent.range) of \(sent.byteCount) came instead of those asked for")
        }
        head = try ObjectHead(headers, byteCount: sent.byteCount)
        range = sent.range
        left = Int64(range.count)
        hasher = Int64(range.count) == head.byteCount && head.checksum?.whole != nil ? SHA256() : nil
    }

    /// Takes note of the next bytes.
    ///
    /// - Throws: `badAnswer` when there are more than announced.
    mutating func receive(_ piece: ByteBuffer) throws(AWSError) {
        left -= Int64(piece.readableBytes)
        guard left >= 0 else { throw .badAnswer("more bytes came than announced") }
        hasher?.update(piece)
    }

    /// Looks whether all came.
    ///
    /// - Throws: `badAnswer` when bytes are missing, or when the whole object came and has another SHA-256 than the one
    ///   the store keeps.
    func finish() throws(AWSError) {
        guard left == 0 else { throw .badAnswer("\(left) bytes are missing at the end") }
        guard let digest = hasher?.finalize() else { return }
        guard Array(digest) == head.checksum?.whole else { throw .badAnswer("the bytes have another SHA-256") }
    }
}

/// Which bytes of how many an answer says it brings.
private struct SentRange {
    let range: Range<Int64>
    let byteCount: Int64

    init(_ status: HTTPResponse.Status, _ headers: HTTPFields) throws(AWSError) {
        let length = headers[.contentLength].flatMap { Int64(digits: $0) }
        if status == .partialContent {
            try self.init(contentRange: headers[.contentRange] ?? "", length: length)
        } else {
            guard status == .ok, let length else { throw .badAnswer("it tells no length") }
            self.init(range: 0..<length, byteCount: length)
        }
    }

    /// Reads `bytes 0-9/100` (RFC 9110 §14.4).
    private init(contentRange text: String, length: Int64?) throws(AWSError) {
        let numbers = text.dropFirst("bytes ".count).split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }
            .map { Int64(digits: $0) }
        guard text.hasPrefix("bytes "), numbers.count == 3, let first = numbers[0], let last = numbers[1],
            let total = numbers[2], first <= last, last < total, length.map({ $0 == last - first + 1 }) ?? true
        else { throw .badAnswer("its Content-Range is \(text.excerpt)") }
        self.init(range: first..<(last + 1), byteCount: total)
    }

    private init(range: Range<Int64>, byteCount: Int64) {
        self.range = range
        self.byteCount = byteCount
    }

    /// Whether this is the range that was asked for, cut at the end.
    func matches(_ asked: Range<Int64>?) -> Bool {
        guard let asked else { return range == 0..<byteCount }
        return range == asked.clamped(to: 0..<byteCount)
    }
}
