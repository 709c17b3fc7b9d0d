import Foundation
import NIOCore
import Testing

@testable import LambdaWeb

@Suite("Base64")
struct Base64Tests {
    @Test("bytes of every length come out as Foundation writes them, and come back", arguments: 0..<70)
    func roundTrip(count: Int) throws {
        var random = SeededRandom(seed: UInt64(count))
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        var text = ByteBuffer()
        Base64.write(ByteBuffer(bytes: bytes), to: &text)
        #expect(String(buffer: text) == Data(bytes).base64EncodedString())
        #expect(text.readableBytes == Base64.encodedCount(count))
        #expect(try #require(Base64.decoded(text)).readableBytesView.elementsEqual(bytes))
        let bare = String(buffer: text).replacing("=", with: "")
        #expect(try #require(Base64.decoded(ByteBuffer(string: bare))).readableBytesView.elementsEqual(bytes))
    }

    @Test(
        "what is no base64 is refused",
        arguments: [
            "A", "AAAAA", "AA=A", "A===", "====", "=", "AAA=A", "AA==AAAA", "AA=", "AAAA=", "AA A", "AA\nA", "A-_A",
            "AÄA", "\u{0}AAA",
        ]
    )
    func refused(text: String) {
        #expect(Base64.decoded(ByteBuffer(string: text)) == nil)
    }

    @Test("every byte that stands for nothing is found at every place")
    func unknownLetters() {
        let known = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        for byte in UInt8.min...UInt8.max where !known.contains(byte) && byte != UInt8(ascii: "=") {
            for length in [2, 3, 4, 6, 7, 8] {
                for place in 0..<length {
                    var text = [UInt8](repeating: UInt8(ascii: "A"), count: length)
                    text[place] = byte
                    #expect(Base64.decoded(ByteBuffer(bytes: text)) == nil)
                }
            }
        }
    }
}
