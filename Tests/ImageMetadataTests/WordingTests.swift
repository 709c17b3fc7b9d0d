import ImageMetadata
import Testing

@Suite("wording")
struct WordingTests {
    static let mediaTypes = [
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "image/tiff", "image/bmp",
    ]

    @Test("media types and file endings are the registered ones")
    func mediaTypes() {
        #expect(ImageFormat.allCases.map(\.mediaType) == Self.mediaTypes)
        #expect(
            ImageFormat.allCases.map(\.fileExtension) == ["jpg", "png", "gif", "webp", "avif", "heic", "tiff", "bmp"]
        )
    }

    @Test("a refusal says what the file is")
    func foreign() {
        #expect(
            "\(ImageMetadataError.unknownFormat(.svg))"
                == "The file is an SVG drawing, which is not read here."
        )
        #expect(
            "\(ImageMetadataError.unknownFormat(nil))"
                == "The file is of an unknown format, which is not read here."
        )
        let phrases = ForeignFormat.allCases.map(\.phrase)
        #expect(Set(phrases).count == phrases.count)
    }

    @Test("every other refusal is a sentence with its offset")
    func offsets() {
        let errors: [ImageMetadataError] =
            [.truncated(at: 4711), .zeroSide(at: 4711), .headerTooLong(at: 4711), .misplacedBytes(at: 4711)]
            + HeaderFlaw.allCases.map { .malformed($0, at: 4711) }
        let sentences = errors.map { "\($0)" }
        #expect(sentences.allSatisfy { $0.contains("4711") && $0.hasSuffix(".") })
        #expect(Set(sentences).count == errors.count)
        #expect("\(ImageMetadataError.empty)" == "The file is empty.")
    }
}
