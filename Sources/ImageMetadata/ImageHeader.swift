/// What a picture file says about itself in its first bytes.
public struct ImageHeader: Sendable, Equatable {
    /// The format, told by bytes.
    public let format: ImageFormat
    /// Pixels from left to right as displayed: with ``orientation`` applied.
    public let width: Int
    /// Pixels from top to bottom as displayed: with ``orientation`` applied.
    public let height: Int
    /// How the stored pixels must be turned; ``ImageOrientation/up`` when the file does not say.
    public let orientation: ImageOrientation
    /// Whether the picture has more than one frame; `nil` when the bytes that were read do not tell.
    public let isAnimated: Bool?
    /// How many frames the picture has; `nil` when the bytes that were read do not tell, but a ``FrameCounter`` may.
    public internal(set) var frameCount: Int?
    /// What the camera wrote; `nil` when it wrote nothing, or nothing that was reached.
    public internal(set) var camera: CameraData?

    /// Makes a header from what is stored.
    ///
    /// - Parameters:
    ///   - format: The format of the file.
    ///   - stored: The sides as stored, before the orientation.
    ///   - orientation: The orientation to apply.
    ///   - isAnimated: Whether there is more than one frame, if known.
    init(format: ImageFormat, stored: PixelSides, orientation: ImageOrientation, isAnimated: Bool?) {
        self.format = format
        self.width = orientation.swapsSides ? stored.height : stored.width
        self.height = orientation.swapsSides ? stored.width : stored.height
        self.orientation = orientation
        self.isAnimated = isAnimated
        self.frameCount = isAnimated == false ? 1 : nil
    }
}
