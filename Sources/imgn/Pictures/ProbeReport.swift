import GalleryClient
import ImageMetadata

/// What `imgn probe` found out about a file; as JSON it is one object, without what is not known.
struct ProbeReport: Encodable {
    let file: String
    private(set) var error: String?
    private(set) var format: String?
    private(set) var width: Int?
    private(set) var height: Int?
    private(set) var orientation: Int?
    private(set) var make: String?
    private(set) var model: String?
    private(set) var taken: String?
    private(set) var latitude: Double?
    private(set) var longitude: Double?
    private(set) var bytesRead: Int?

    /// Reads a file's header, and no more of the file than the reader asks for.
    ///
    /// - Parameter path: The file.
    init(path: String) {
        file = path
        do throws(PictureFile.Failure) {
            try probe(try PictureFile(path: path))
        } catch {
            self.error = "\(error)"
        }
    }

    private mutating func probe(_ picture: borrowing PictureFile) throws(PictureFile.Failure) {
        var reader = ImageHeaderReader(fileByteCount: picture.byteCount)
        var range = reader.firstRange
        var byteCount = 0
        while true {
            let bytes = try picture.read(range)
            byteCount += bytes.count
            switch reader.receive(bytes[...], at: range.lowerBound) {
            case .needs(let next):
                range = next
            case .unreadable(let reason):
                error = "\(reason)"
                return
            case .header(let header):
                take(header)
                bytesRead = byteCount
                return
            }
        }
    }

    private mutating func take(_ header: ImageHeader) {
        format = header.format.rawValue
        width = header.width
        height = header.height
        orientation = header.orientation.rawValue
        make = header.camera?.make
        model = header.camera?.model
        taken = header.camera?.taken?.text
        latitude = header.camera?.position?.latitude
        longitude = header.camera?.position?.longitude
    }

    /// A row of the table for people: name, format, dimensions, orientation, time, camera, position.
    var row: String {
        let name = TerminalText.fit(TerminalText.harmless(file), columns: 32)
        if let error { return "\(name)  \(error)" }
        let dimensions = "\(width ?? 0)x\(height ?? 0)"
        let camera = [make, model].compactMap(\.self).joined(separator: " ")
        let position = [latitude, longitude].compactMap { $0.map(Self.degrees) }.joined(separator: ", ")
        let columns = [
            name, TerminalText.fit(format ?? "", columns: 5), TerminalText.fit(dimensions, columns: 11),
            TerminalText.fit(orientation.map(String.init) ?? "", columns: 1),
            TerminalText.fit(taken ?? "", columns: 19), TerminalText.fit(camera, columns: 28), position,
        ]
        return columns.joined(separator: "  ").trimmingTrailingSpaces
    }

    /// Five decimals: a metre.
    private static func degrees(_ value: Double) -> String {
        let scaled = (value.magnitude * 100_000).rounded()
        let (whole, rest) = (Int(scaled) / 100_000, Int(scaled) % 100_000)
        let decimals = String(String(100_000 + rest).dropFirst())
        return "\(value < 0 ? "-" : "")\(whole).\(decimals)"
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
