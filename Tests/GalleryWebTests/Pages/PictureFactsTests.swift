import Foundation
import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ImageMetadata
import NIOCore
import Testing

@testable import GalleryWeb

@Suite("What pages and the API tell of a picture")
struct PictureFactsTests {
    private func bench(_ image: GalleryImage) async throws -> WebBench {
        let bench = WebBench(configuration: GalleryWebConfiguration(publicURL: "https://pictures.example"))
        _ = try await bench.gallery.catalog.publish(image)
        return bench
    }

    @Test("a tile has its sizes, its colour, and what the lightbox says, without a style of its own")
    func tile() async throws {
        let page = try await bench(SampleImage.make()).ask(.get, "/").text
        #expect(page.contains(" srcset=\"/renditions/abcdefghijkm/320.webp 320w, "))
        #expect(page.contains(" sizes=\"(min-resolution: 2.5dppx) calc(min(100vw, 1.333 * clamp("))
        #expect(page.contains("src=\"/images/abcdefghijkm.jpg\" width=\"4032\" height=\"3024\""))
        #expect(page.contains("data-color=\"#0a65ff\"") && page.contains("fill=\"#0a65ff\""))
        #expect(page.contains("data-camera=\"Canon EOS R5 · ISO 100\" data-day=\"Taken 20 October 2019\""))
        #expect(page.contains("data-size=\"3.4 MiB\" data-note=\"position removed\""))
        #expect(page.contains("<span class=\"tile-mark\" hidden>"))
        #expect(!page.contains(" style="))
    }

    @Test("a tile of what moves says so, and nothing shows through a transparent picture")
    func movingAndTransparent() async throws {
        let image = try SampleImage.make { details in
            details.frameCount = 3
            details.placeholder = Placeholder(thumbHash: SampleImage.translucentHash, color: 0xFF0000)
        }
        let page = try await bench(image).ask(.get, "/").text
        #expect(page.contains("<span class=\"tile-mark\">"))
        #expect(page.contains("data-color=\"#ff0000\"") && !page.contains("fill=\"#ff0000\""))
    }

    @Test("a picture's page has sizes, camera, time and what was removed")
    func imagePage() async throws {
        let page = try await bench(SampleImage.make()).ask(.get, "/i/abcdefghijkm").text
        #expect(
            page.contains("srcset=\"/renditions/abcdefghijkm/320.webp 320w, ")
                && page.contains("viewBox=\"0 0 4032 3024\"")
        )
        #expect(page.contains("<p class=\"camera\">Canon EOS R5 · ISO 100</p>"))
        #expect(page.contains(">20 October 2019, 18:34</time>") && page.contains("<dt>Position</dt><dd>Removed</dd>"))
        #expect(page.contains("href=\"/api/images/abcdefghijkm/original\""))
        #expect(page.contains("og:image\" content=\"https://pictures.example/renditions/abcdefghijkm/1280.webp\""))
    }

    @Test("what a file says of its camera is text everywhere")
    func hostileCamera() async throws {
        let image = try SampleImage.make { $0.camera?.model = "\"><img src=x onerror=alert(1)>" }
        let bench = try await bench(image)
        for path in ["/", "/i/abcdefghijkm"] {
            let page = try await bench.ask(.get, path).text
            #expect(!page.contains("<img src=x") && page.contains("&lt;img src=x onerror"), "\(path)")
        }
    }

    @Test("the API tells all of it under names that stay")
    func json() async throws {
        let bench = try await bench(SampleImage.make { $0.frameCount = 2 })
        let one = try await bench.ask(.get, "/api/images/abcdefghijkm").object
        let listed = try #require(try await bench.ask(.get, "/gallery").array.first)
        for image in [one, listed] {
            let renditions = try #require(image["renditions"] as? [[String: Any]])
            #expect(renditions.map { $0["width"] as? Int } == [320, 640, 1280, 2048])
            #expect(renditions[0]["height"] as? Int == 240)
            #expect(renditions[0]["src"] as? String == "https://pictures.example/renditions/abcdefghijkm/320.webp")
            let placeholder = try #require(image["placeholder"] as? [String: String])
            #expect(placeholder == ["thumbhash": "HwgKZZpzfQ==", "color": "#0a65ff"])
            let camera = try #require(image["camera"] as? [String: Any])
            #expect(Set(camera.keys) == ["make", "model", "iso", "focalLength35mm", "taken"])
            #expect(image["animated"] as? Bool == true && image["positionRemoved"] as? Bool == true)
            #expect(image["src"] as? String == "https://pictures.example/images/abcdefghijkm.jpg")
            #expect(image["meta"] as? String == "4032x3024")
        }
    }

    @Test("what is not known is not told")
    func nothingKnown() async throws {
        let image = try SampleImage.make(.png, 300, 200) { $0 = ImageDetails() }
        let told = try await bench(image).ask(.get, "/api/images/abcdefghijkm").object
        #expect((told["renditions"] as? [Any])?.isEmpty == true)
        for name in ["placeholder", "camera", "animated", "positionRemoved"] { #expect(told[name] == nil, "\(name)") }
    }

    @Test("the page says what is welcome, and asks for a token where uploads need one")
    func welcome() async throws {
        var limits = GalleryLimits()
        limits.formats = [.webp, .jpeg, .heic]
        let open = try await WebBench(limits: limits).ask(.get, "/").text
        #expect(open.contains("JPEG, WebP or HEIC, up to"))
        #expect(open.contains("id=\"token-form\" class=\"token\" hidden"))
        let gate = UploadGate(access: UploadAccess(.token, uploadToken: AccessToken("upload-token-0123456789")))
        let asking = try await WebBench(configuration: GalleryWebConfiguration(gate: gate)).ask(.get, "/").text
        #expect(asking.contains("id=\"token-form\" class=\"token\">"))
    }
}
