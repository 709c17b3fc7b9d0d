import NIOCore
import NIOHTTP1
import Testing

@testable import LambdaRuntime

/// Answers of the Runtime API, whole, in pieces, and what is none.
@Suite("LambdaRuntime, ReplyReader")
struct ReplyReaderTests {
    /// What came of some bytes, given so many at a time and then, where that is said, the connection's end.
    private static func read(
        _ text: String,
        by size: Int = .max,
        bodyLimit: Int = 1_000,
        ends: Bool = false
    ) throws(BrokenExchange) -> RuntimeReply? {
        var reader = ReplyReader(bodyLimit: bodyLimit)
        var rest = ByteBuffer(string: text)
        var bytes = ByteBuffer()
        while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
            bytes.writeImmutableBuffer(piece)
            if let reply = try reader.receive(&bytes) { return reply }
        }
        return ends ? try reader.end() : nil
    }

    @Test("an answer is the same whole and byte by byte", arguments: [Int.max, 1, 3])
    func sized(size: Int) throws {
        let text = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id:  one \r\nContent-Length: 5\r\n\r\nhello"
        let reply = try #require(try Self.read(text, by: size))
        #expect(reply.status == 200 && String(buffer: reply.body) == "hello" && reply.keepsAlive)
        #expect(reply.headers["lambda-runtime-aws-request-id"] == ["one"])
    }

    @Test("chunks are put together, their extensions and trailers passed over", arguments: [Int.max, 1, 4])
    func chunked(size: Int) throws {
        let text =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
            + "3;a=b\r\nabc\r\n00A\r\n0123456789\r\n0\r\nX: y\r\n\r\n"
        let reply = try #require(try Self.read(text, by: size))
        #expect(String(buffer: reply.body) == "abc0123456789" && reply.keepsAlive)
    }

    @Test("an interim answer is passed over")
    func interim() throws {
        let text = "HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
        let reply = try #require(try Self.read(text))
        #expect(reply.status == 202 && !reply.headers.contains(name: "A"))
    }

    @Test("an answer without a length lasts until the connection ends")
    func untilEnd() throws {
        let text = "HTTP/1.0 200 OK\n\nall of it"
        #expect(try Self.read(text) == nil)
        let reply = try #require(try Self.read(text, by: 1, ends: true))
        #expect(String(buffer: reply.body) == "all of it" && !reply.keepsAlive)
    }

    @Test(
        "whether another may follow is told by version and headers",
        arguments: [
            ("1.1", "", true), ("1.1", "Connection: Close\r\n", false), ("1.1", "Connection: x, close\r\n", false),
            ("1.0", "", false), ("1.0", "Connection: keep-alive\r\n", true),
            ("1.1", "Transfer-Encoding: chunked\r\n", false),
        ]
    )
    func keepAlive(version: String, header: String, keepsAlive: Bool) throws {
        let reply = try Self.read("HTTP/\(version) 200 OK\r\n\(header)Content-Length: 0\r\n\r\n0\r\n\r\n")
        #expect(try #require(reply).keepsAlive == keepsAlive)
    }

    @Test("status 204 has no body, and what follows is not touched")
    func noBody() throws {
        var reader = ReplyReader(bodyLimit: 10)
        var bytes = ByteBuffer(string: "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1")
        #expect(try reader.receive(&bytes)?.status == 204)
        #expect(String(buffer: bytes) == "HTTP/1.1")
    }

    @Test(
        "what is no HTTP is found out as soon as it shows",
        arguments: [
            "nonsense\r\n", "SSH-2.0-OpenSSH\r\n", "HTTP/2 200 OK\r\n", "HTTP/1.1 99 Low\r\n", "HTTP/1.1 +20 OK\r\n",
            "HTTP/1.1 600 High\r\n", "HTTP/1.1\r\n", "\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n",
            "HTTP/1.1 200 OK\r\n: no name\r\n", "HTTP/1.1 200 OK\r\nA : space\r\n", "HTTP/1.1 200 OK\r\nA: \u{1}\r\n",
            "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        ]
    )
    func garbage(text: String) {
        for size in [Int.max, 1] {
            let error = #expect(throws: BrokenExchange.self) { try Self.read(text, by: size) }
            #expect(error?.reason == .garbage)
        }
    }

    @Test("a body above the limit is refused before it is kept, with the head that came", arguments: [true, false])
    func tooLarge(isAnnounced: Bool) {
        let framing =
            isAnnounced ? "Content-Length: 11\r\n\r\n" : "Transfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n"
        let error = #expect(throws: BrokenExchange.self) {
            try Self.read("HTTP/1.1 200 OK\r\nA: b\r\n\(framing)", bodyLimit: 10)
        }
        #expect(error?.reason == .tooLarge(limit: 10) && error?.head?.headers["a"] == ["b"])
        let endless = #expect(throws: BrokenExchange.self) {
            try Self.read("HTTP/1.1 200 OK\r\n\r\n0123456789a", by: 1, bodyLimit: 10)
        }
        #expect(endless?.reason == .tooLarge(limit: 10))
    }

    @Test("a head that does not end is given up", arguments: [String(repeating: "x", count: 70_000), "A: b\r\n"])
    func longHead(line: String) {
        let lines = line.utf8.last == UInt8(ascii: "\n") ? String(repeating: line, count: 12_000) : line
        let error = #expect(throws: BrokenExchange.self) { try Self.read("HTTP/1.1 200 OK\r\n" + lines, by: 1_000) }
        #expect(error?.reason == .garbage)
    }

    @Test("an answer that is cut off is not taken for one, wherever that is")
    func cut() {
        let whole = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: one\r\nContent-Length: 5\r\n\r\nhello"
        for count in 0..<whole.utf8.count {
            let part = String(decoding: whole.utf8.prefix(count), as: UTF8.self)
            let error = #expect(throws: BrokenExchange.self) { try Self.read(part, ends: true) }
            #expect(error?.reason == .hungUp)
        }
    }
}

/// Requests to the Runtime API, as bytes.
@Suite("LambdaRuntime, requests as bytes")
struct RequestBytesTests {
    private static let endpoint = RuntimeEndpoint(host: "::1", port: 9_001)

    @Test("a request has its host, its headers and its length")
    func whole() {
        let text = String(buffer: RuntimeRequest.register(extension: "x").bytes(to: Self.endpoint))
        let head =
            "POST /2020-01-01/extension/register HTTP/1.1\r\nHost: [::1]:9001\r\nUser-Agent: imgn-lambda-runtime\r\n"
        let fields = "Content-Type: application/json\r\nLambda-Extension-Name: x\r\nContent-Length: 13\r\n\r\n"
        #expect(text == head + fields + #"{"events":[]}"#)
        #expect(!String(buffer: RuntimeRequest.next.bytes(to: Self.endpoint)).contains("Content-Length"))
    }

    @Test("no value makes a header of its own")
    func injection() {
        var request = RuntimeRequest.next
        request.headers.add(name: "A", value: "b\r\nEvil: c\u{0}ü")
        #expect(String(buffer: request.bytes(to: Self.endpoint)).contains("\r\nA: b  Evil: c ü\r\n"))
    }
}
