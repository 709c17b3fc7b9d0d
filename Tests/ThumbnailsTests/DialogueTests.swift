import ImageMetadata
import Testing

@testable import Thumbnails

@Suite("What a worker may say")
struct DialogueTests {
    private static let greeting = WorkerGreeting(library: "8.14.1", isConfined: true, isLimited: true)
    private static let summary = WorkerSummary(frameCount: 1, thumbHash: [], color: [0, 0, 0])

    private func asked(
        format: ImageFormat = .jpeg,
        byteCount: Int = 1000
    ) throws -> WorkerDialogue {
        var dialogue = WorkerDialogue()
        try say(.ready, Self.greeting.payload, to: &dialogue)
        let limits = (pixels: 1_000_000, side: 2000, frames: 10)
        try dialogue.ask(WorkerRequest(format: format, byteCount: byteCount, limits: limits, steps: [320, 640]))
        return dialogue
    }

    @discardableResult
    private func say(
        _ kind: FrameHead.Kind,
        _ payload: [UInt8],
        to dialogue: inout WorkerDialogue
    ) throws(WireFlaw) -> WorkerDialogue.Event {
        try dialogue.receive(FrameHead(kind, payloadByteCount: payload.count), payload: payload)
    }

    private func begin(_ file: FileHead, to dialogue: inout WorkerDialogue) throws(WireFlaw) {
        try say(.file, file.payload, to: &dialogue)
    }

    private func send(_ file: FileHead, to dialogue: inout WorkerDialogue) throws(WireFlaw) {
        try begin(file, to: &dialogue)
        try say(.bytes, [UInt8](repeating: 0, count: file.byteCount), to: &dialogue)
    }

    private func rendition(_ width: Int, byteCount: Int = 10) -> FileHead {
        FileHead(.rendition, format: .webp, width: width, height: 100, byteCount: byteCount)
    }

    private func picture(_ format: ImageFormat = .jpeg, byteCount: Int = 1000) -> FileHead {
        FileHead(.picture, format: format, width: 700, height: 500, byteCount: byteCount)
    }

    @Test("is ready, then files from the widest down, the picture last, and what there is to know")
    func story() throws {
        var dialogue = try asked()
        try send(rendition(640), to: &dialogue)
        try begin(rendition(320), to: &dialogue)
        #expect(try say(.bytes, [1, 2, 3], to: &dialogue) == .bytes(isLast: false))
        #expect(try say(.bytes, [1, 2, 3, 4, 5, 6, 7], to: &dialogue) == .bytes(isLast: true))
        try send(picture(), to: &dialogue)
        #expect(!dialogue.isIdle)
        #expect(try say(.done, Self.summary.payload, to: &dialogue) == .done(Self.summary))
        #expect(dialogue.isIdle)
    }

    @Test("is not a rendition as wide as the last one, wider than any, or after the picture")
    func order() throws {
        var dialogue = try asked()
        #expect(throws: WireFlaw.outOfOrder) { try begin(rendition(641), to: &dialogue) }
        try send(rendition(320), to: &dialogue)
        #expect(throws: WireFlaw.outOfOrder) { try begin(rendition(320), to: &dialogue) }
        try send(picture(), to: &dialogue)
        #expect(throws: WireFlaw.outOfOrder) { try begin(rendition(100), to: &dialogue) }
        #expect(throws: WireFlaw.outOfOrder) { try begin(picture(), to: &dialogue) }
    }

    @Test("is not that all is done before the picture is there")
    func early() throws {
        var dialogue = try asked()
        #expect(throws: WireFlaw.outOfOrder) { try say(.done, Self.summary.payload, to: &dialogue) }
        try begin(picture(), to: &dialogue)
        #expect(throws: WireFlaw.outOfOrder) { try say(.done, Self.summary.payload, to: &dialogue) }
        let refusal = WorkerRefusal(.unreadable)
        #expect(throws: WireFlaw.outOfOrder) { try say(.refused, refusal.payload, to: &dialogue) }
    }

    @Test("is nothing at all before it is ready, and nothing unasked")
    func unasked() throws {
        var dialogue = WorkerDialogue()
        #expect(throws: WireFlaw.outOfOrder) { try begin(picture(), to: &dialogue) }
        try say(.ready, Self.greeting.payload, to: &dialogue)
        #expect(throws: WireFlaw.outOfOrder) { try say(.ready, Self.greeting.payload, to: &dialogue) }
        #expect(throws: WireFlaw.outOfOrder) { try begin(picture(), to: &dialogue) }
        #expect(throws: WireFlaw.outOfOrder) { try say(.bytes, [1], to: &dialogue) }
    }

    @Test("is not larger than its pixels or the upload allow")
    func sizes() throws {
        var dialogue = try asked()
        #expect(throws: WireFlaw.tooLarge) { try begin(picture(byteCount: 100_000), to: &dialogue) }
        #expect(throws: WireFlaw.tooLarge) { try begin(rendition(640, byteCount: 10_000_000), to: &dialogue) }
        let wide = FileHead(.picture, format: .jpeg, width: 2001, height: 1, byteCount: 1)
        #expect(throws: WireFlaw.tooLarge) { try begin(wide, to: &dialogue) }
        let large = FileHead(.picture, format: .jpeg, width: 2000, height: 2000, byteCount: 1)
        #expect(throws: WireFlaw.tooLarge) { try begin(large, to: &dialogue) }
        try begin(rendition(640), to: &dialogue)
        #expect(throws: WireFlaw.tooLarge) { try say(.bytes, [UInt8](repeating: 0, count: 11), to: &dialogue) }
        #expect(throws: WireFlaw.tooLarge) { try say(.bytes, [], to: &dialogue) }
    }

    @Test("is not another format than was uploaded, but a JPEG of what browsers cannot show")
    func formats() throws {
        var dialogue = try asked()
        #expect(throws: WireFlaw.badField) { try begin(picture(.png), to: &dialogue) }
        let jpeg = FileHead(.rendition, format: .jpeg, width: 320, height: 1, byteCount: 1)
        #expect(throws: WireFlaw.badField) { try begin(jpeg, to: &dialogue) }
        var replaced = try asked(format: .heic)
        #expect(throws: WireFlaw.badField) { try begin(picture(.heic), to: &replaced) }
        try send(picture(.jpeg, byteCount: 60_000), to: &replaced)
    }

    @Test("may be anything without doing harm", arguments: [1, 2, 3, 4] as [UInt64])
    func noise(seed: UInt64) throws {
        var state = seed
        func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        for _ in 0..<2000 {
            var dialogue = try asked()
            for _ in 0..<4 {
                let head = (0..<5).map { $0 == 0 ? [2, 16, 17, 18, 19][Int(next()) % 5] : $0 < 3 ? next() % 64 : 0 }
                guard let head = try? FrameHead(reading: head) else { continue }
                _ = try? dialogue.receive(head, payload: (0..<head.payloadByteCount % 64).map { _ in next() })
            }
        }
    }
}
