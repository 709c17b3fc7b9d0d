import Foundation
import GalleryCore
import Testing

@testable import GalleryWeb

@Suite("A camera's notes in words")
struct CameraTextTests {
    /// What the page's own words are tested with; its names are those of the API.
    private struct Vector: Decodable {
        struct Camera: Decodable {
            let make: String?
            let model: String?
            let lens: String?
            let exposureSeconds: Double?
            let aperture: Double?
            let iso: Int?
            let focalLength: Double?
            let focalLength35mm: Int?
            let taken: String?
        }

        let camera: Camera
        let line: String
        let day: String?

        var notes: CameraNotes {
            var notes = CameraNotes()
            notes.make = camera.make
            notes.model = camera.model
            notes.lens = camera.lens
            notes.exposureSeconds = camera.exposureSeconds
            notes.aperture = camera.aperture
            notes.sensitivity = camera.iso
            notes.focalLength = camera.focalLength
            notes.focalLengthOn35mm = camera.focalLength35mm
            notes.taken = camera.taken
            return notes
        }
    }

    @Test("are those of the page's scripts")
    func vectors() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let file = root.appending(path: "ui/tests/vectors/camera.json")
        let vectors = try JSONDecoder().decode([Vector].self, from: Data(contentsOf: file))
        #expect(vectors.count > 10)
        for vector in vectors {
            #expect(CameraText(vector.notes).line ?? "" == vector.line)
            guard let day = vector.day else { continue }
            #expect(CalendarDay(ofClock: vector.camera.taken ?? "")?.description ?? "" == day)
        }
    }

    @Test("never take the whole line, whatever a file says")
    func longNames() {
        var notes = CameraNotes()
        notes.model = String(repeating: "x", count: 500)
        #expect(CameraText(notes).line?.count == 80)
    }

    @Test(
        "say the time where a clock says it",
        arguments: [
            ("2019-10-20T18:34:30+02:00", "20 October 2019, 18:34"), ("2019-10-20", "20 October 2019"),
            ("2019-10-20T<b>", "20 October 2019"), ("2019-13-20T18:34:30", nil), ("", nil), ("٢٠١٩-10-20T18:34", nil),
        ] as [(String, String?)]
    )
    func clocks(text: String, words: String?) {
        #expect(ClockText(text)?.description == words)
    }
}
