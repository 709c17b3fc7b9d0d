import NIOCore
import Testing

@testable import HTTPEdge

@Suite("Reading forms as they stream by")
struct MultipartReaderTests {
    /// Reads a body cut into pieces; each part's content is joined.
    private func read(_ body: [UInt8], pieces: Int, boundary: String = "b") throws -> [(FormPart, [UInt8])] {
        var reader = try MultipartReader(boundary: boundary)
        var parts: [(FormPart, [UInt8])] = []
        var rest = body[...]
        while true {
            switch try reader.next() {
            case .part(let part): parts.append((part, []))
            case .content(let content): parts[parts.count - 1].1 += content.readableBytesView
            case .partEnd: continue
            case .end: return parts
            case .needsMore:
                guard !rest.isEmpty else {
                    try reader.finish()
                    return parts
                }
                reader.receive(ByteBuffer(bytes: rest.prefix(pieces)))
                rest = rest.dropFirst(pieces)
            }
        }
    }

    private let form = Array(
        """
        --b\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n\
        --b\r\nContent-Disposition: form-data; name="file"; filename="x.png"\r\n\
        Content-Type: image/png\r\n\r\n\r\n--\r\n-b\r\n--b--\r\n
        """
        .utf8
    )

    @Test("a form reads the same however it is cut", arguments: 1...60)
    func everyCut(pieces: Int) throws {
        let parts = try read(form, pieces: pieces)
        #expect(parts.map(\.0.name) == ["a", "file"])
        #expect(parts.map(\.0.fileName) == [nil, "x.png"])
        #expect(parts.map { String(decoding: $0.1, as: UTF8.self) } == ["one", "\r\n--\r\n-b"])
        #expect(parts[1].0.mediaType == "image/png")
    }

    @Test("a form cut off anywhere before its last boundary says so")
    func cutOff() {
        for length in 0..<(form.count - 4) {
            #expect(throws: MalformedForm.cutOff, "after \(length) bytes") {
                try read(Array(form.prefix(length)), pieces: 7)
            }
        }
    }

    @Test("only a line end or the closing dashes may stand behind a boundary", arguments: ["?!", "x\r\n", "-\r\n"])
    func brokenBoundary(tail: String) {
        let body = Array(
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--b\(tail)more\r\n--b--\r\n".utf8
        )
        #expect(throws: MalformedForm.brokenBoundary) { try read(body, pieces: 1000) }
    }

    @Test("a preamble and an epilogue are skipped")
    func preamble() throws {
        let parts = try read(Array("hello\r\n".utf8) + form + Array("good bye".utf8), pieces: 5)
        #expect(parts.count == 2)
    }

    @Test("a boundary has 1 to 70 characters", arguments: [0, 71, 1 << 20])
    func badBoundary(length: Int) {
        #expect(throws: MalformedForm.badBoundary) {
            try MultipartReader(boundary: String(repeating: "x", count: length))
        }
    }

    @Test(
        "a part without a name is refused",
        arguments: ["", "Content-Disposition: form-data\r\n", "Content-Type: a/b\r\n", "X\r\n"]
    )
    func withoutName(headers: String) {
        let body = Array("--b\r\n\(headers)\r\nx\r\n--b--\r\n".utf8)
        #expect(throws: MalformedForm.partWithoutName) { try read(body, pieces: 1000) }
    }

    @Test("a thousand parts are taken, one more is refused")
    func manyParts() throws {
        let part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n"
        let thousand = String(repeating: part, count: 1000)
        #expect(try read(Array((thousand + "--b--").utf8), pieces: 999).count == 1000)
        #expect(throws: MalformedForm.tooManyParts(limit: 1000)) {
            try read(Array((thousand + part + "--b--").utf8), pieces: 999)
        }
    }

    @Test("headers over 8 KiB are refused, also when they never end")
    func longHeaders() {
        let long = Array(("--b\r\nX: " + String(repeating: "y", count: 9000)).utf8)
        #expect(throws: MalformedForm.partHeadersTooLarge(limit: 8192)) { try read(long, pieces: 512) }
        #expect(throws: MalformedForm.partHeadersTooLarge(limit: 8192)) {
            try read(long + Array("\r\n\r\n".utf8), pieces: 100_000)
        }
    }

    @Test(
        "file names come out as they were typed, whoever quotes them",
        arguments: [
            ("filename=\"a \\\"b\\\".png\"", "a \"b\".png"), ("filename=\"a %22b%22.png\"", "a \"b\".png"),
            ("filename=plain.png", "plain.png"), ("filename=\"näme.png\"", "näme.png"),
            ("filename=\"x\"; filename*=UTF-8''n%C3%A4me.png", "näme.png"), ("filename=\"a;b=c.png\"", "a;b=c.png"),
            ("FileName=\"x.png\"", "x.png"), ("filename=\"\"", ""),
        ]
    )
    func fileNames(parameter: String, name: String) {
        #expect(FormPart(headerBlock: "content-disposition: form-data; name=\"f\"; \(parameter)")?.fileName == name)
    }
}
