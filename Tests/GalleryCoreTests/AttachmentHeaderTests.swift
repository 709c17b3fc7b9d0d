import GalleryCore
import Testing

@Suite("Content-Disposition")
struct AttachmentHeaderTests {
    @Test(
        "names travel in UTF-8, with an ASCII stand-in that nothing can break out of",
        arguments: [
            ("cat.jpg", "attachment; filename=\"cat.jpg\"; filename*=UTF-8''cat.jpg"),
            ("a b.png", "attachment; filename=\"a b.png\"; filename*=UTF-8''a%20b.png"),
            ("naïve.png", "attachment; filename=\"na_ve.png\"; filename*=UTF-8''na%C3%AFve.png"),
            ("\"x\".gif", "attachment; filename=\"_x_.gif\"; filename*=UTF-8''%22x%22.gif"),
            ("100%.png", "attachment; filename=\"100_.png\"; filename*=UTF-8''100%25.png"),
            ("a;b'c(d).png", "attachment; filename=\"a;b'c(d).png\"; filename*=UTF-8''a%3Bb%27c%28d%29.png"),
            ("\u{1F600}.webp", "attachment; filename=\"_.webp\"; filename*=UTF-8''%F0%9F%98%80.webp"),
        ]
    )
    func names(name: String, expected: String) {
        #expect(AttachmentHeader(FileName(name)).description == expected)
    }
}
