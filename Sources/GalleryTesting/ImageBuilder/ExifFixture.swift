/// An EXIF block with an orientation, in every shape that cameras and editors write it.
package struct ExifFixture: Sendable {
    /// The value of tag 0x0112; 0 and 9 are as welcome as 1…8.
    package var orientation: Int
    /// Whether numbers are written lowest byte first ("II") or highest first ("MM").
    package var isLittleEndian: Bool
    /// The TIFF type of the orientation: 3 (SHORT) is right, 4 (LONG) a known mistake.
    package var type = 3
    /// How many values the orientation claims to have: 1 is right.
    package var valueCount = 1
    /// Where the first directory begins, from 8 on.
    package var directoryOffset = 8
    /// How many other entries stand before the orientation, with higher tags: the directory is not sorted.
    package var precedingEntryCount = 0
    /// How many zero bytes follow the directory, as a thumbnail would.
    package var trailingByteCount = 0
    /// The magic number of TIFF.
    package var magic = 42
    /// Whether `Exif` and two zero bytes come first, as JPEG wants and WebP allows.
    package var hasIdentifier = true

    /// Describes a block.
    ///
    /// - Parameters:
    ///   - orientation: The value of tag 0x0112.
    ///   - isLittleEndian: Byte order "II" or "MM".
    package init(orientation: Int, isLittleEndian: Bool = false) {
        self.orientation = orientation
        self.isLittleEndian = isLittleEndian
    }

    /// The block.
    package var bytes: [UInt8] {
        var block: [UInt8] = Array((isLittleEndian ? "II" : "MM").utf8)
        append(magic, 2, to: &block)
        append(directoryOffset, 4, to: &block)
        block += [UInt8](repeating: 0, count: directoryOffset - block.count)
        append(precedingEntryCount + 1, 2, to: &block)
        for index in 0..<precedingEntryCount {
            appendEntry(0x9000 - index, type: 4, value: index, to: &block)
        }
        appendEntry(0x0112, type: type, value: orientation, to: &block)
        append(0, 4, to: &block)
        block += [UInt8](repeating: 0, count: trailingByteCount)
        return hasIdentifier ? Array("Exif\0\0".utf8) + block : block
    }

    private func appendEntry(_ tag: Int, type: Int, value: Int, to block: inout [UInt8]) {
        append(tag, 2, to: &block)
        append(type, 2, to: &block)
        append(tag == 0x0112 ? valueCount : 1, 4, to: &block)
        let valueByteCount = type == 3 ? 2 : 4
        append(value, valueByteCount, to: &block)
        append(0, 4 - valueByteCount, to: &block)
    }

    private func append(_ value: Int, _ byteCount: Int, to block: inout [UInt8]) {
        if isLittleEndian {
            block.appendLittleEndian(value, byteCount: byteCount)
        } else {
            block.appendBigEndian(value, byteCount: byteCount)
        }
    }
}
