import SigV4
import Testing

@Suite("Constant-time comparison")
struct ConstantTimeEqualTests {
    @Test("equal bytes are equal, everything else is not")
    func comparison() {
        #expect(constantTimeEqual([UInt8](), []))
        #expect(constantTimeEqual("abc".utf8, Array("abc".utf8)))
        for other in ["", "ab", "abd", "bbc", "abcd", "aBc"] {
            #expect(!constantTimeEqual("abc".utf8, other.utf8))
        }
    }

    @Test("two differences do not cancel each other")
    func noCancelling() {
        #expect(!constantTimeEqual([1, 1], [0, 0]))
        #expect(!constantTimeEqual([0x80, 0x80], [0, 0]))
    }
}
