import GalleryCore
import ImageMetadata
import Testing

@Suite("Names: ids, files, cursors")
struct NameTests {
    @Test("an id has 12 letters without look-alikes and reads back")
    func ids() throws {
        for _ in 0..<200 {
            let id = ImageID.random()
            #expect(id.rawValue.utf8.count == 12)
            #expect(!id.rawValue.contains { "01IOl".contains($0) })
            #expect(ImageID(id.description) == id)
        }
        #expect(ImageID.alphabet.count == 57 && Set(ImageID.alphabet).count == 57)
    }

    @Test(
        "nothing else is an id",
        arguments: [
            "", "abc", "abcdefghijkmn", "abcdefghijk0", "abcdefghijkl", "../../etc/pa", "abcdefghijk\n", "äbcdefghijk",
        ]
    )
    func notIDs(text: String) {
        #expect(ImageID(text) == nil)
    }

    @Test("only <id>.<ext> of a known format is a public file")
    func files() throws {
        let id = ImageID.random()
        #expect(PublishedFile("\(id).jpg")?.format == .jpeg)
        for text in ["\(id)", "\(id).exe", "\(id).JPG", "\(id).jpg.png", "../\(id).jpg", ".jpg", "\(id)."] {
            #expect(PublishedFile(text) == nil, "\(text)")
        }
    }

    @Test("the name of a rendition says whose it is and how wide, and nothing else is one")
    func renditionNames() throws {
        let id = ImageID.random()
        let file = PublishedFile(id: id, .rendition(width: 1280))
        #expect(file.path == "renditions/\(id)/1280.webp" && file.format == .webp)
        #expect(PublishedFile("\(id)/1280.webp") == file)
        for text in [
            "\(id)/1280", "\(id)/1280.jpg", "\(id)/01280.webp", "\(id)/+5.webp", "\(id)/-5.webp", "\(id)/0.webp",
            "\(id)/1280.webp/", "/\(id)/1280.webp", "\(id)//1280.webp", "x/1280.webp",
            "\(id)/99999999999999999999.webp",
        ] {
            #expect(PublishedFile(text) == nil, "\(text)")
        }
    }

    @Test(
        "a file name keeps what people read and loses what harms",
        arguments: [
            ("cat.jpg", "cat.jpg"), ("../../x.png", "x.png"), ("C:\\Users\\me\\x.png", "x.png"), ("..", ""), ("/", ""),
            ("a\u{0}b\r\nc.png", "abc.png"), ("photo\u{202E}gnp.exe", "photognp.exe"), ("  x.png ", "x.png"),
            ("\"><img src=x onerror=alert(1)>.png", "\"><img src=x onerror=alert(1)>.png"),
            ("👨‍👩‍👧.png", "👨‍👩‍👧.png"), ("naïve.jpg", "naïve.jpg"), ("", ""),
        ]
    )
    func fileNames(given: String, shown: String) {
        #expect(FileName(given).description == shown)
    }

    @Test("a long name is cut in the middle at a character, and keeps its ending")
    func longNames() {
        for letter in ["a", "é", "👩‍🚀"] {
            let name = FileName(String(repeating: letter, count: 300) + ".jpeg").description
            #expect(name.utf8.count <= 255 && name.utf8.count > 200)
            #expect(name.hasSuffix("….jpeg"))
            #expect(name.hasPrefix(letter))
        }
    }

    @Test("a name of a megabyte, or of one endless character, costs no more than it must")
    func endlessNames() {
        #expect(FileName(String(repeating: "x", count: 1 << 20) + ".png").description.utf8.count == 255)
        #expect(FileName("a" + String(repeating: "\u{301}", count: 100_000) + ".png").description == "….png")
    }

    @Test("a cursor reads back, and other texts are none")
    func cursors() {
        for position: Int64 in [1, 35, 36, 1_000_000, .max] {
            #expect(PageCursor(PageCursor(position: position).description)?.position == position)
        }
        for text in ["", "0", "-1", "+1", "a b", "zzzzzzzzzzzzzzzz", "é"] {
            #expect(PageCursor(text) == nil, "\(text)")
        }
    }

    @Test("a digest is 32 bytes in canonical base64")
    func digests() throws {
        let digest = try #require(ContentDigest(bytes: 0..<32))
        #expect(ContentDigest(base64: digest.base64) == digest)
        for text in ["", "AAAA", digest.base64 + "=", String(digest.base64.dropLast()), digest.base64 + "\n"] {
            #expect(ContentDigest(base64: text) == nil, "\(text)")
        }
    }
}
