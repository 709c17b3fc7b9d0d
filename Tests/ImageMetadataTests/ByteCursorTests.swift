import Testing

@testable import ImageMetadata

@Suite("byte cursor")
struct ByteCursorTests {
    /// Bytes 4..<8 of a file of ten.
    static func window() throws -> FileWindow {
        try #require(FileWindow([4, 5, 6, 7], at: 4, asked: 4..<8, fileByteCount: 10))
    }

    @Test("a pop yields its bytes and moves on; what is not at hand is asked for, what is not there is refused")
    func pops() throws {
        var cursor = try Self.window().cursor(at: 5)
        #expect(try cursor.pop(2) == [5, 6])
        #expect(cursor.position == 7)
        #expect(throws: HeaderInterruption.needs(upTo: 9)) { try cursor.pop(2) }
        #expect(throws: HeaderInterruption.failed(.truncated(at: 10))) { try cursor.pop(4) }
        #expect(cursor.position == 7)
    }

    @Test("a cursor outside of its window asks for bytes, outside of the file it is refused; neither traps")
    func outside() throws {
        for (position, expected) in [
            (0, .needs(upTo: 1)), (9, .needs(upTo: 10)), (10, .failed(.truncated(at: 10))),
            (Int.max, .failed(.truncated(at: 10))), (-1, .failed(.truncated(at: 10))),
            (Int.min, .failed(.truncated(at: 10))),
        ] as [(Int, HeaderInterruption)] {
            var cursor = try Self.window().cursor(at: position)
            #expect(throws: expected, "\(position)") { try cursor.popByte() }
        }
        #expect(try Self.window().cursor(at: 12).remainingByteCount == 0)
    }

    @Test("a negative count is refused")
    func negativeCount() throws {
        var cursor = try Self.window().cursor(at: 5)
        #expect(throws: HeaderInterruption.failed(.truncated(at: 10))) { try cursor.pop(-1) }
        #expect(throws: HeaderInterruption.failed(.truncated(at: 10))) { try cursor.skip(-1) }
        #expect(cursor.position == 5)
    }

    @Test("a skip may leave the window, but not the file")
    func skips() throws {
        var cursor = try Self.window().cursor(at: 5)
        try cursor.skip(5)
        #expect(cursor.position == 10)
        #expect(cursor.remainingByteCount == 0)
        #expect(throws: HeaderInterruption.failed(.truncated(at: 10))) { try cursor.skip(1) }
    }

    @Test("integers are read in both orders")
    func integers() throws {
        let window = FileWindow(whole: [0x81, 0x02, 0x03, 0xF4])
        let read = { (order: ByteOrder) throws(HeaderInterruption) -> [UInt32] in
            var (two, three, four) = (window.cursor(at: 0), window.cursor(at: 0), window.cursor(at: 0))
            return [
                UInt32(try two.popUInt16(order)), UInt32(try three.popUInt24(order)), try four.popUInt32(order),
            ]
        }
        #expect(try read(.bigEndian) == [0x8102, 0x810203, 0x8102_03F4])
        #expect(try read(.littleEndian) == [0x0281, 0x030281, 0xF403_0281])
    }
}
