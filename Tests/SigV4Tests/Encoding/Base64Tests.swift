import Testing

@testable import SigV4

@Suite("Base64")
struct Base64Tests {
    @Test(
        "RFC 4648's examples",
        arguments: zip(["", "f", "fo", "foo", "foob"], ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="])
    )
    func examples(_ text: String, _ encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test("every byte survives")
    func everyByte() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
    }

    @Test(
        "anything but the one right text is refused",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "=", "==", "====", "Z===", "Zg==Zg==", "Z g=", "Zm-_",
            "Zm9\n",
        ]
    )
    func refused(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
