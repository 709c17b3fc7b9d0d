import ImageMetadata
import Testing

@testable import Thumbnails

@Suite("Messages between server and worker")
struct WireTests {
    private let request = WorkerRequest(
        format: .webp,
        byteCount: 5_000_000_000,
        limits: (100_000_000, 32_767, 1000),
        steps: [320, 640]
    )
    private let summary = WorkerSummary(frameCount: 12, thumbHash: [1, 2, 3], color: [9, 8, 7])
    private let file = FileHead(.rendition, format: .webp, width: 640, height: 480, byteCount: 70_000)
    private let refusal = WorkerRefusal(.tooManyPixels, found: [40_000, 3], words: "too wide")
    private let greeting = WorkerGreeting(library: "8.14.1", isConfined: true, isLimited: false)

    @Test("come out as they went in")
    func roundTrips() throws {
        #expect(try WorkerRequest(reading: request.payload) == request)
        #expect(try WorkerSummary(reading: summary.payload) == summary)
        #expect(try FileHead(reading: file.payload) == file)
        #expect(try WorkerRefusal(reading: refusal.payload) == refusal)
        #expect(try WorkerGreeting(reading: greeting.payload) == greeting)
        for format in ImageFormat.allCases { #expect(try ImageFormat(wireCode: format.wireCode) == format) }
    }

    @Test("that are cut short, or longer than they should be, are refused")
    func lengths() {
        let readers: [([UInt8], ([UInt8]) throws -> Void)] = [
            (request.payload, { _ = try WorkerRequest(reading: $0) }),
            (summary.payload, { _ = try WorkerSummary(reading: $0) }),
            (file.payload, { _ = try FileHead(reading: $0) }),
            (refusal.payload, { _ = try WorkerRefusal(reading: $0) }),
            (greeting.payload, { _ = try WorkerGreeting(reading: $0) }),
        ]
        for (payload, read) in readers {
            for length in payload.indices {
                #expect(throws: WireFlaw.self) { try read(Array(payload.prefix(length))) }
            }
            #expect(throws: WireFlaw.tooLong) { try read(payload + [0]) }
        }
    }

    @Test("have a head of five bytes, whose kind and length are checked")
    func heads() throws {
        let head = FrameHead(.bytes, payloadByteCount: FrameHead.pieceByteCount)
        #expect(head.bytes == [2, 0, 0, 1, 0])
        #expect(try FrameHead(reading: head.bytes) == head)
        #expect(throws: WireFlaw.unknownKind) { try FrameHead(reading: [3, 0, 0, 0, 0]) }
        #expect(throws: WireFlaw.tooLong) { try FrameHead(reading: [2, 1, 0, 1, 0]) }
        #expect(throws: WireFlaw.tooLong) { try FrameHead(reading: [18, 1, 16, 0, 0]) }
        #expect(throws: WireFlaw.tooShort) { try FrameHead(reading: [2, 0, 0, 0]) }
    }

    @Test("never bring control characters into the log")
    func words() throws {
        let hostile = WorkerRefusal(.unreadable, words: "a\u{1B}[31m\nb\u{0}é")
        #expect(try WorkerRefusal(reading: hostile.payload).words == "a?[31m?b???")
    }

    @Test("with numbers that cannot be are refused")
    func fields() {
        var zero = file.payload
        zero.replaceSubrange(2..<6, with: [0, 0, 0, 0])
        #expect(throws: WireFlaw.badField) { try FileHead(reading: zero) }
        var huge = file.payload
        huge[huge.count - 1] = 0x80
        #expect(throws: WireFlaw.badField) { try FileHead(reading: huge) }
        var other = greeting.payload
        other[0] = 9
        #expect(throws: WireFlaw.otherVersion) { try WorkerGreeting(reading: other) }
        let unsorted = WorkerRequest(format: .png, byteCount: 1, limits: (1, 1, 1), steps: [640, 320])
        #expect(throws: WireFlaw.badField) { try WorkerRequest(reading: unsorted.payload) }
    }
}
