import Foundation
import ImageMetadata
import Testing

/// A row of `expected.tsv`: a real picture, and what two independent programs agree it is.
struct RealPicture: Sendable, CustomTestStringConvertible {
    let name: String
    let format: String
    let width: Int
    let height: Int
    let orientation: Int
    let make: String?
    let model: String?
    let taken: String?
    let latitude: Double?
    let longitude: Double?

    var testDescription: String { name }

    var bytes: [UInt8] {
        get throws { [UInt8](try Data(contentsOf: URL(filePath: Self.folder).appending(path: name))) }
    }

    /// The folder of the pictures: `IMGN_PICTURES`, or `shared/pictures` beside the checkout.
    static let folder: String =
        ProcessInfo.processInfo.environment["IMGN_PICTURES"]
        ?? URL(filePath: #filePath).appending(path: "../../../../shared/pictures").standardized
        .path(percentEncoded: false)

    static let all: [RealPicture] = {
        let table = (try? String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8)) ?? ""
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count > 9, let width = Int(fields[2]), let height = Int(fields[3]) else {
                return nil
            }
            guard let orientation = Int(fields[4]) else { return nil }
            return RealPicture(
                name: fields[0],
                format: fields[1],
                width: width,
                height: height,
                orientation: orientation,
                make: fields[5].isEmpty ? nil : fields[5],
                model: fields[6].isEmpty ? nil : fields[6],
                taken: fields[7].isEmpty ? nil : fields[7],
                latitude: Double(fields[8]),
                longitude: Double(fields[9])
            )
        }
    }()
}

@Suite(
    "real pictures",
    .enabled(if: !RealPicture.all.isEmpty, "no expected.tsv in IMGN_PICTURES or ../shared/pictures")
)
struct RealPicturesTests {
    private static func isNear(_ found: Double?, _ expected: Double?) -> Bool {
        guard let found, let expected else { return (found == nil) == (expected == nil) }
        return abs(found - expected) < 0.000_001
    }

    @Test("the header of a real picture is what ExifTool and libvips say", arguments: RealPicture.all)
    func header(picture: RealPicture) throws {
        let reading = Reading(try picture.bytes)
        #expect(reading.header?.format.rawValue == picture.format)
        #expect(reading.header?.width == picture.width)
        #expect(reading.header?.height == picture.height)
        #expect(reading.header?.orientation.rawValue == picture.orientation)
        let camera = reading.header?.camera
        #expect(camera?.make == picture.make)
        #expect(camera?.model == picture.model)
        #expect(camera?.taken?.text == picture.taken)
        #expect(Self.isNear(camera?.position?.latitude, picture.latitude))
        #expect(Self.isNear(camera?.position?.longitude, picture.longitude))
    }
}
