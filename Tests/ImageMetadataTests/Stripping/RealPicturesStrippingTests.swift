import ImageMetadata
import Testing

@Suite(
    "stripping real pictures",
    .enabled(if: !RealPicture.all.isEmpty, "no expected.tsv in IMGN_PICTURES or ../shared/pictures")
)
struct RealPicturesStrippingTests {
    static let pictures: [RealPicture] = RealPicture.all.filter { !["tiff", "bmp"].contains($0.format) }

    /// `Cleaning` compares headers, and strips a second time.
    @Test("a real picture keeps its header and loses its camera", arguments: pictures)
    func header(picture: RealPicture) throws {
        let cleaning = Cleaning(try picture.bytes)
        if picture.name.hasPrefix("mex-c-m1-") {
            // A fuzzed file without pixels; no decoder opens it.
            #expect(cleaning.error == .malformed(.criticalChunk, at: 785))
            return
        }
        let clean = try #require(cleaning.bytes)
        for text in [picture.model, picture.taken].compactMap(\.self) where text.utf8.count > 3 {
            #expect(!Cleaning.contains(clean, Array(text.utf8)), "\(text)")
        }
    }

    @Test("a real picture cut at any tenth is cleaned or refused", arguments: pictures)
    func truncated(picture: RealPicture) throws {
        let bytes = try picture.bytes
        let format = ImageFormat(signatureOf: bytes[...])
        for tenth in 1..<10 { _ = Cleaning(Array(bytes.prefix(bytes.count * tenth / 10)), as: format) }
    }
}
