/// What a camera wrote about a picture into its EXIF block.
///
/// Every value is bounded and fit to be shown; all of them come from a stranger's file and may be false.
public struct CameraData: Sendable, Equatable {
    /// Who made the camera.
    public internal(set) var make: String?
    /// Which camera.
    public internal(set) var model: String?
    /// Which lens.
    public internal(set) var lens: String?
    /// How long the picture was exposed, in seconds; positive.
    public internal(set) var exposureSeconds: Double?
    /// The aperture as an f-number; positive.
    public internal(set) var aperture: Double?
    /// The sensitivity as an ISO number; positive.
    public internal(set) var sensitivity: Int?
    /// The focal length in millimetres; positive.
    public internal(set) var focalLength: Double?
    /// The focal length in millimetres that has the same angle of view on film of 35 mm; positive.
    public internal(set) var focalLengthOn35mm: Int?
    /// When the picture was taken.
    public internal(set) var taken: CaptureTime?
    /// Where the picture was taken; read to be able to say that it was taken out, and never to be shown.
    public internal(set) var position: GeoPosition?
}

/// Where a picture was taken (WGS 84).
public struct GeoPosition: Sendable, Equatable {
    /// Degrees north of the equator, −90…90.
    public let latitude: Double
    /// Degrees east of Greenwich, −180…180.
    public let longitude: Double

    /// Checks a position; fails when it is nowhere on Earth.
    ///
    /// - Parameters:
    ///   - latitude: Degrees north.
    ///   - longitude: Degrees east.
    init?(latitude: Double, longitude: Double) {
        guard latitude.magnitude <= 90, longitude.magnitude <= 180 else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }
}
