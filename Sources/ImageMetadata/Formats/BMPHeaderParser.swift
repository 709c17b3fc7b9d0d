/// Reads the sides in the header of a Windows or OS/2 bitmap.
///
/// Which fields there are is told by the header's own length: 12 bytes have sides of 16 bits, all later kinds (16, 40,
/// 52, 56, 64, 108, 124) have sides of 32 bits. A negative height says that the rows are stored from the top.
struct BMPHeaderParser: HeaderParser {
    let resumeOffset = 14

    var knownHeader: ImageHeader? { nil }

    mutating func parse(_ window: FileWindow) throws(HeaderInterruption) -> ImageHeader {
        var cursor = window.cursor(at: resumeOffset)
        let sides: PixelSides
        switch try cursor.popUInt32(.littleEndian) {
        case 12:
            let width = try cursor.popUInt16(.littleEndian)
            let height = try cursor.popUInt16(.littleEndian)
            sides = try PixelSides(width: width, height: height, at: resumeOffset + 4)
        case 16, 40, 52, 56, 64, 108, 124:
            let width = Int32(bitPattern: try cursor.popUInt32(.littleEndian))
            let height = Int32(bitPattern: try cursor.popUInt32(.littleEndian)).magnitude
            sides = try PixelSides(width: Int(width), height: Int(height), at: resumeOffset + 4)
        default:
            throw .failed(.malformed(.bitmapHeader, at: resumeOffset))
        }
        return ImageHeader(format: .bmp, stored: sides, orientation: .up, isAnimated: false)
    }
}
