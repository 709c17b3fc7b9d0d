import GalleryTesting
import ImageMetadata
import Testing

@Suite("foreign formats")
struct ForeignFormatTests {
    static let texts: [(String, ForeignFormat?)] = [
        ("<!DOCTYPE html><title>x</title>", .html),
        ("\n\t <HTML><svg></svg>", .html),
        ("<script>alert(1)</script>", .html),
        ("<!-- hello --><body>", .html),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", .svg),
        ("<?xml version=\"1.0\"?>\n<!-- x --><SVG/>", .svg),
        ("\u{FEFF}<?xml version=\"1.0\"?><svg/>", .svg),
        ("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"><svg/>", .svg),
        ("<?xml version=\"1.0\"?><rss/>", .xml),
        ("<?xml version=\"1.0\"?><html/>", .html),
        ("<b>bold</b>", .text),
        ("%PDF-1.7\n", .pdf),
        ("hello, world\r\n", .text),
        ("BMW is a car maker from Munich", .text),
        ("GIF87", .text),
        ("привет, мир", .text),
        ("{\"a\": 1}", .text),
        ("8BPS\0\u{1}", .psd),
        ("PK\u{3}\u{4}", .archive),
        ("bell\u{7}", nil),
        ("nul\0", nil),
        ("del\u{7F}", nil),
    ]

    static func box(_ type: String, _ body: [UInt8]) -> [UInt8] {
        [0, 0, 0, UInt8(8 + body.count)] + Array(type.utf8) + body
    }

    static func fileType(_ brand: String, _ compatible: String = "") -> [UInt8] {
        box("ftyp", Array(brand.utf8) + [0, 0, 0, 0] + Array(compatible.utf8)) + box("free", Array("avifheic".utf8))
    }

    static let binaries: [([UInt8], ForeignFormat?)] = [
        (fileType("heic", "mif1heic"), .heic),
        (fileType("mif1", "miafheix"), .heic),
        (fileType("avif", "mif1miaf"), .avif),
        (fileType("mif1", "avifmiaf"), .avif),
        (fileType("isom", "mp41"), .film),
        (fileType("qt  "), .film),
        (Array("RIFF".utf8) + [1, 0, 0, 0] + Array("AVI LIST".utf8), .film),
        (Array("RIFF".utf8) + [1, 0, 0, 0] + Array("WAVEfmt ".utf8), nil),
        ([0x1A, 0x45, 0xDF, 0xA3], .film),
        ([0x49, 0x49, 0x2A, 0], .tiff),
        ([0x4D, 0x4D, 0, 0x2A], .tiff),
        ([0x49, 0x49, 0x2B, 0], .tiff),
        ([0x4D, 0x4D, 0, 0x2B], .tiff),
        (Array("BM".utf8) + [UInt8](repeating: 1, count: 12) + [40, 0, 0, 0], .bmp),
        ([0, 0, 1, 0, 1, 0], .ico),
        ([0, 0, 2, 0, 1, 0], .ico),
        ([0xFF, 0x0A, 1], .jxl),
        ([0, 0, 0, 12] + Array("JXL ".utf8) + [13, 10, 0x87, 10], .jxl),
        ([0, 0, 0, 12] + Array("jP  ".utf8) + [13, 10, 0x87, 10], .jp2),
        ([0xFF, 0x4F, 0xFF, 0x51], .jp2),
        ([0x1F, 0x8B, 8], .archive),
        ([0xFF, 0xD8], nil),
        ([0x89, 0x50, 0x4E, 0x47], nil),
        ([0xFF, 0xFE], nil),
    ]

    @Test("texts are told apart", arguments: texts)
    func tellsText(text: String, format: ForeignFormat?) {
        #expect(Reading(Array(text.utf8)).error == .unknownFormat(format))
    }

    @Test("binary formats are told by their first bytes", arguments: binaries)
    func tellsBinary(bytes: [UInt8], format: ForeignFormat?) {
        let web: Set<ImageFormat> = [.jpeg, .png, .gif, .webp]
        #expect(Reading(bytes, formats: web).error == .unknownFormat(format))
    }

    @Test("a text is told wherever the search cuts its characters")
    func cutCharacters() {
        for prefix in ["", "a", "ab", "abc"] {
            let text = prefix + String(repeating: "𝄞", count: 5000)
            #expect(ForeignFormat(signatureOf: Array(text.utf8)[...]) == .text)
        }
    }

    @Test("the search for words ends after four kibibytes")
    func boundedSearch() {
        let head = "<?xml version=\"1.0\"?>"
        let near = head + String(repeating: " ", count: 4000) + "<svg/>"
        let far = head + String(repeating: " ", count: 4090) + "<svg/>"
        #expect(ForeignFormat(signatureOf: Array(near.utf8)[...]) == .svg)
        #expect(ForeignFormat(signatureOf: Array(far.utf8)[...]) == .xml)
    }

    @Test("none of our own formats is foreign", arguments: ImageBuilder.Kind.allCases)
    func ourOwn(kind: ImageBuilder.Kind) {
        let file = ImageBuilder.picture(kind, width: 9, height: 9)
        #expect(ForeignFormat(signatureOf: file[...]) == nil)
        #expect(ImageFormat(signatureOf: file[...])?.rawValue == kind.rawValue)
    }
}
