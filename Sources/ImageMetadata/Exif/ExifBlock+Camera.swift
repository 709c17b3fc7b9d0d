extension ExifBlock {
    /// What the camera wrote; `nil` when the block is broken from the start or says nothing of it.
    ///
    /// Three directories are looked at, each once: the first one, and those it points to for EXIF and for the position.
    /// So it ends, wherever the pointers lead. Makers' own notes are not read.
    var camera: CameraData? {
        guard let (order, offset) = try? firstDirectory() else { return nil }
        let main = ExifDirectory(tiff, order, at: offset)
        var camera = CameraData()
        camera.make = main.text(0x010F)
        camera.model = main.text(0x0110)
        if let offset = main.number(0x8769) {
            camera.take(exif: ExifDirectory(tiff, order, at: offset))
        }
        if let offset = main.number(0x8825) {
            camera.position = GeoPosition(ExifDirectory(tiff, order, at: offset))
        }
        return camera == CameraData() ? nil : camera
    }
}

extension CameraData {
    fileprivate mutating func take(exif: ExifDirectory) {
        lens = exif.text(0xA434) ?? exif.text(0xA433)
        exposureSeconds = exif.positiveFraction(0x829A)
        aperture = exif.positiveFraction(0x829D)
        sensitivity = exif.positiveNumber(0x8827)
        focalLength = exif.positiveFraction(0x920A)
        focalLengthOn35mm = exif.positiveNumber(0xA405)
        taken = exif.text(0x9003).flatMap {
            CaptureTime($0, offset: exif.text(0x9011) ?? exif.text(0x9010))
        }
    }
}

extension GeoPosition {
    /// Takes degrees, minutes and seconds; the references say which side of the equator and of Greenwich.
    fileprivate init?(_ directory: ExifDirectory) {
        guard let north = directory.fractions(2, count: 3), let east = directory.fractions(4, count: 3)
        else {
            return nil
        }
        let degrees: ([Double], Bool) -> Double = { parts, isNegative in
            (parts[0] + parts[1] / 60 + parts[2] / 3600) * (isNegative ? -1 : 1)
        }
        self.init(
            latitude: degrees(north, directory.text(1) == "S"),
            longitude: degrees(east, directory.text(3) == "W")
        )
    }
}

extension ExifDirectory {
    fileprivate func positiveFraction(_ tag: Int) -> Double? {
        fractions(tag)?.first.flatMap { $0 > 0 ? $0 : nil }
    }

    fileprivate func positiveNumber(_ tag: Int) -> Int? {
        number(tag).flatMap { $0 > 0 ? $0 : nil }
    }
}
