import NIOCore
import NIOHTTP1

/// Reads one answer of the Runtime API (HTTP/1.1, RFC 9112), as a machine without input or output: bytes go in as they
/// come, an answer comes out.
///
/// Nothing is believed: heads have a limit, lengths are checked before anything is reserved, and what is no HTTP ends
/// it.
struct ReplyReader: Sendable {
    /// The most bytes of a head, and of the trailers.
    static let headLimit = 65_536

    /// Where the reader is in the answer.
    private enum Place: Sendable {
        case head
        case body(remaining: Int)
        case bodyUntilEnd
        case chunkSize
        case chunk(remaining: Int)
        case chunkEnd
        case trailers
    }

    private let bodyLimit: Int
    private var place = Place.head
    private var lines = ReplyLines(limit: Self.headLimit)
    private var reply: RuntimeReply?

    /// A reader that refuses bodies above a limit.
    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// Takes in what has come; what is left in `bytes` belongs to no answer yet.
    ///
    /// - Returns: The answer when it is there as a whole, nil while more is needed.
    mutating func receive(_ bytes: inout ByteBuffer) throws(BrokenExchange) -> RuntimeReply? {
        while try !step(&bytes) {
            if bytes.readableBytes == 0 || isWaiting(for: bytes) { return nil }
        }
        return reply
    }

    /// Takes in that nothing more will come.
    ///
    /// - Returns: The answer, when it is of the kind that ends so.
    mutating func end() throws(BrokenExchange) -> RuntimeReply {
        guard case .bodyUntilEnd = place, let reply else { throw broken() }
        return reply
    }

    /// What is known when the line breaks.
    func broken() -> BrokenExchange {
        broken(.hungUp)
    }
}

// MARK: Steps

extension ReplyReader {
    /// Whether a line has begun and not ended: a step would find nothing to do.
    private func isWaiting(for bytes: ByteBuffer) -> Bool {
        switch place {
        case .head, .chunkSize, .chunkEnd, .trailers: !bytes.readableBytesView.contains(UInt8(ascii: "\n"))
        case .body, .bodyUntilEnd, .chunk: false
        }
    }

    /// Reads what there is of the present place; true at the end of the answer.
    private mutating func step(_ bytes: inout ByteBuffer) throws(BrokenExchange) -> Bool {
        switch place {
        case .head: return try readHead(&bytes)
        case .body(let remaining):
            let rest = take(&bytes, upTo: remaining)
            place = .body(remaining: rest)
            return rest == 0
        case .bodyUntilEnd:
            try check(adding: bytes.readableBytes)
            _ = take(&bytes, upTo: bytes.readableBytes)
            return false
        case .chunkSize: try readChunkSize(&bytes)
        case .chunk(let remaining):
            let rest = take(&bytes, upTo: remaining)
            place = rest == 0 ? .chunkEnd : .chunk(remaining: rest)
        case .chunkEnd:
            guard let line = try nextLine(&bytes) else { return false }
            guard line.isEmpty else { throw broken(.garbage) }
            place = .chunkSize
        case .trailers:
            while let line = try nextLine(&bytes) {
                if line.isEmpty { return true }
            }
        }
        return false
    }

    private mutating func nextLine(_ bytes: inout ByteBuffer) throws(BrokenExchange) -> Substring? {
        do {
            return try lines.next(&bytes)
        } catch {
            throw broken(.garbage)
        }
    }

    /// How much is still missing afterwards.
    private mutating func take(_ bytes: inout ByteBuffer, upTo count: Int) -> Int {
        guard var piece = bytes.readSlice(length: min(count, bytes.readableBytes)) else { return count }
        let taken = reply?.body.writeBuffer(&piece) ?? 0
        return count - taken
    }

    private func check(adding count: Int) throws(BrokenExchange) {
        let gathered = reply?.body.readableBytes ?? 0
        guard count <= bodyLimit - gathered else { throw broken(.tooLarge(limit: bodyLimit)) }
    }

    /// With the head, once that is there as a whole.
    private func broken(_ reason: BrokenExchange.Reason) -> BrokenExchange {
        if case .head = place { return BrokenExchange(reason: reason) }
        return BrokenExchange(reason: reason, head: reply)
    }
}

// MARK: Heads

extension ReplyReader {
    private mutating func readHead(_ bytes: inout ByteBuffer) throws(BrokenExchange) -> Bool {
        while let line = try nextLine(&bytes) {
            if let reply {
                if line.isEmpty { return try beginBody(of: reply) }
                guard let field = Self.field(line) else { throw broken(.garbage) }
                self.reply?.headers.add(name: field.name, value: field.value)
            } else {
                reply = RuntimeReply(statusLine: line)
                if reply == nil { throw broken(.garbage) }
            }
        }
        return false
    }

    /// True when there is no body; an interim answer is passed over.
    private mutating func beginBody(of head: RuntimeReply) throws(BrokenExchange) -> Bool {
        lines = ReplyLines(limit: Self.headLimit)
        if (100..<200).contains(head.status) {
            reply = nil
            return false
        }
        let framing: ReplyFraming
        do {
            framing = try ReplyFraming(head)
        } catch {
            throw broken(.garbage)
        }
        reply?.keepsAlive = framing.keepsAlive
        switch framing.body {
        case .chunked: place = .chunkSize
        case .untilEnd: place = .bodyUntilEnd
        case .sized(let count):
            place = .body(remaining: count)
            try check(adding: count)
            reply?.body.reserveCapacity(count)
            return count == 0
        }
        return false
    }

    private mutating func readChunkSize(_ bytes: inout ByteBuffer) throws(BrokenExchange) {
        guard let line = try nextLine(&bytes) else { return }
        let digits = line.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
        guard digits.allSatisfy(\.isHexDigit), let count = Int(digits, radix: 16) else { throw broken(.garbage) }
        lines = ReplyLines(limit: Self.headLimit)
        try check(adding: count)
        place = count == 0 ? .trailers : .chunk(remaining: count)
    }

    /// A header's name and value; nil for what is none.
    private static func field(_ line: Substring) -> (name: String, value: String)? {
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), colon != line.startIndex else { return nil }
        let name = line[..<colon]
        guard name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        var value = line[line.utf8.index(after: colon)...].utf8.drop(while: isSpace)
        while let last = value.last, isSpace(last) { value.removeLast() }
        guard value.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else { return nil }
        return (String(name), String(Substring(value)))
    }
}
