import GalleryCore
import Testing

@Suite("Details of a picture")
struct ImageDetailsTests {
    @Test("come back from a catalog as they were written")
    func roundTrip() throws {
        var details = ImageDetails()
        var camera = CameraNotes()
        camera.make = "Ünïcode \"</script>\\"
        camera.exposureSeconds = 1 / 250
        camera.aperture = 1.8
        details.camera = camera
        details.hadPosition = true
        details.frameCount = 12
        details.renditions = [Rendition(width: 320, height: 200)]
        details.placeholder = Placeholder(thumbHash: [0, 255, 7], color: 0xFF12_3456)
        #expect(ImageDetails(json: details.json) == details)
        #expect(details.placeholder?.color == 0x12_3456)
        #expect(details.isAnimated)
    }

    @Test("are empty where an older imgn wrote none, and may have members of a newer one")
    func others() {
        #expect(ImageDetails(json: "{}") == ImageDetails())
        #expect(ImageDetails(json: #"{"frameCount":3,"later":[1]}"#)?.frameCount == 3)
    }

    @Test("are refused where a text is none", arguments: ["", "[]", "{", #"{"renditions":[{"width":"x"}]}"#])
    func nonsense(text: String) {
        #expect(ImageDetails(json: text) == nil)
    }
}
