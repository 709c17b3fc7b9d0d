/// An EXIF block: a TIFF file in small, whose offsets count from its own first byte (CIPA DC-008).
///
/// Only the first directory is read and no pointer is followed twice, so nothing here can loop. Whoever adds the Exif
/// and GPS directories needs a set of visited offsets and a depth limit: pointers may go backwards, overlap and loop.
struct ExifBlock: Sendable {
    /// What precedes the TIFF header in JPEG and often in WebP; a sixth byte follows, whatever it is.
    static let identifier = Array("Exif\0".utf8)
    /// How many entries of a directory are looked at.
    static let entryLimit = 512

    private let tiff: FileWindow

    /// Takes a block with or without the leading `Exif\0\0`.
    ///
    /// - Parameter bytes: The block, as much of it as is at hand.
    init(_ bytes: ArraySlice<UInt8>) {
        let hasIdentifier = bytes.starts(with: Self.identifier)
        tiff = FileWindow(whole: hasIdentifier ? bytes.dropFirst(Self.identifier.count + 1) : bytes)
    }

    /// The orientation; ``ImageOrientation/up`` when it is absent, of a wrong type, out of 1…8, or the block is broken.
    ///
    /// This is what browsers do. A broken block is no reason to refuse a picture.
    var orientation: ImageOrientation {
        (try? firstDirectoryOrientation()) ?? .up
    }

    private func firstDirectoryOrientation() throws(HeaderInterruption) -> ImageOrientation? {
        var cursor = tiff.cursor(at: 0)
        guard let order = try popByteOrder(&cursor), try cursor.popUInt16(order) == 42 else { return nil }
        guard let directory = Int(exactly: try cursor.popUInt32(order)) else { return nil }
        cursor = tiff.cursor(at: directory)
        let entryCount = try cursor.popUInt16(order)
        // Some cameras do not sort their entries, so every one is looked at.
        for _ in 0..<min(entryCount, Self.entryLimit) {
            let tag = try cursor.popUInt16(order)
            let type = try cursor.popUInt16(order)
            let count = try cursor.popUInt32(order)
            guard tag == 0x0112 else {
                try cursor.skip(4)
                continue
            }
            guard type == 3, count == 1 else { return nil }
            return ImageOrientation(rawValue: try cursor.popUInt16(order))
        }
        return nil
    }

    private func popByteOrder(_ cursor: inout ByteCursor) throws(HeaderInterruption) -> ByteOrder? {
        switch try cursor.popUInt16(.bigEndian) {
        case 0x4949: .littleEndian
        case 0x4D4D: .bigEndian
        default: nil
        }
    }
}
