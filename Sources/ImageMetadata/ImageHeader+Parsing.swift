extension ImageHeader {
    /// Reads the header of a picture that lies in memory.
    ///
    /// - Parameter bytes: The whole file; no more than ``ImageHeaderReader`` asks for is looked at.
    /// - Throws: Why the bytes have no readable header.
    public init(parsing bytes: ArraySlice<UInt8>) throws(ImageMetadataError) {
        var reader = ImageHeaderReader(fileByteCount: bytes.count)
        var range = reader.firstRange
        while true {
            switch reader.receive(bytes.dropFirst(range.lowerBound).prefix(range.count), at: range.lowerBound) {
            case .header(let header):
                self = header
                return
            case .needs(let next):
                range = next
            case .unreadable(let error):
                throw error
            }
        }
    }
}
