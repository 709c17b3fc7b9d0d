import ImageMetadata
import Testing

@Suite("wording")
struct WordingTests {
    @Test("media types and file endings are the registered ones")
    func mediaTypes() {
        #expect(ImageFormat.allCases.map(\.mediaType) == ["image/jpeg", "image/png", "image/gif", "image/webp"])
        #expect(ImageFormat.allCases.map(\.fileExtension) == ["jpg", "png", "gif", "webp"])
    }

    @Test("a refusal says what the file is and what would be welcome")
    func foreign() {
        #expect(
            "\(ImageMetadataError.unknownFormat(.svg))"
                == "The file is an SVG drawing; JPEG, PNG, GIF and WebP are welcome."
        )
        #expect(
            "\(ImageMetadataError.unknownFormat(nil))"
                == "The file is of an unknown format; JPEG, PNG, GIF and WebP are welcome."
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
