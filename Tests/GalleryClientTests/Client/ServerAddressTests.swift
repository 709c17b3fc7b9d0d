import GalleryClient
import Testing

@Suite("A gallery's address")
struct ServerAddressTests {
    @Test(
        "is scheme and authority",
        arguments: [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://pictures.example/", "https://pictures.example"),
            ("HTTP://[::1]:80", "http://[::1]:80"),
        ]
    )
    func reads(text: String, address: String) {
        #expect(ServerAddress(text)?.description == address)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "http:", "http://", "ftp://a", "127.0.0.1:8080", "http://a/b", "http://a//", "http://a b", "http://a?x",
        ]
    )
    func refuses(text: String) {
        #expect(ServerAddress(text) == nil)
    }
}
