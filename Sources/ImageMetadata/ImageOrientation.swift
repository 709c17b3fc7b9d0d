/// How stored pixels must be turned to be seen upright; raw values are those of EXIF tag 0x0112.
///
/// A case names where the stored top edge comes to lie, as in Apple's frameworks.
public enum ImageOrientation: Int, Sendable, CaseIterable {
    /// As stored.
    case up = 1
    /// Mirrored left to right.
    case upMirrored = 2
    /// Turned by 180°.
    case down = 3
    /// Mirrored top to bottom.
    case downMirrored = 4
    /// Mirrored along the diagonal from top left to bottom right.
    case leftMirrored = 5
    /// Turned clockwise by 90°.
    case right = 6
    /// Mirrored along the diagonal from top right to bottom left.
    case rightMirrored = 7
    /// Turned counterclockwise by 90°.
    case left = 8

    /// Whether the displayed width is the stored height.
    public var swapsSides: Bool { rawValue >= 5 }
}
