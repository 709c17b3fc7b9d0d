/// An EXIF block: a TIFF file in small, whose offsets count from its own first byte (CIPA DC-008).
///
/// Each directory that is wanted is read once and by name, so nothing here can loop: pointers may go backwards, overlap
/// and lead in circles.
struct ExifBlock: Sendable {
    /// What precedes the TIFF header in JPEG and often in WebP; a sixth byte follows, whatever it is.
    static let identifier = Array("Exif\0".utf8)
    /// How many entries of a directory are looked at.
    static let entryLimit = 512

    /// The block without its identifier.
    let tiff: FileWindow

    /// Takes a block with or without the leading `Exif\0\0`.
    ///
    /// - Parameter bytes: The block, as much of it as is at hand.
    init(_ bytes: ArraySlice<UInt8>) {
        let hasIdentifier = bytes.starts(with: Self.identifier)
        tiff = FileWindow(whole: hasIdentifier ? bytes.dropFirst(Self.identifier.count + 1) : bytes)
    }

    /// Takes the part of a TIFF file that is at hand.
    ///
    /// - Parameter tiff: The part.
    init(tiff: FileWindow) {
        self.tiff = tiff
    }

    /// The orientation; ``ImageOrientation/up`` when it is absent, of a wrong type, out of 1…8, or the block is broken.
    ///
    /// This is what browsers do. A broken block is no reason to refuse a picture.
    var orientation: ImageOrientation {
        (try? firstDirectoryOrientation()) ?? .up
    }

    private func firstDirectoryOrientation() throws(HeaderInterruption) -> ImageOrientation? {
        guard let (order, directory) = try firstDirectory() else { return nil }
        var cursor = tiff.cursor(at: directory)
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

    /// The block's byte order, and where its first directory stands; `nil` when it is no TIFF.
    func firstDirectory() throws(HeaderInterruption) -> (order: ByteOrder, offset: Int)? {
        var cursor = tiff.cursor(at: 0)
        guard let order = try popByteOrder(&cursor), try cursor.popUInt16(order) == 42 else {
            return nil
        }
        return (order, try cursor.popOffset(4, order))
    }

    private func popByteOrder(_ cursor: inout ByteCursor) throws(HeaderInterruption) -> ByteOrder? {
        switch try cursor.popUInt16(.bigEndian) {
        case 0x4949: .littleEndian
        case 0x4D4D: .bigEndian
        default: nil
        }
    }
}
