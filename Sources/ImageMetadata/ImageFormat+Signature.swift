extension ImageFormat {
    /// Tells the format by the signature at the very start of a file; `nil` when it is none of ours.
    ///
    /// Twelve bytes are enough for most formats, 256 for all. Neither a file name nor a declared media
    /// type is asked: bytes decide.
    ///
    /// - Parameter prefix: The first bytes of the file.
    public init?(signatureOf prefix: ArraySlice<UInt8>) {
        if prefix.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if prefix.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if prefix.starts(with: "GIF87a".utf8) || prefix.starts(with: "GIF89a".utf8) {
            self = .gif
        } else if prefix.starts(with: "RIFF".utf8), prefix.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .webp
        } else {
            switch ForeignFormat(signatureOf: prefix) {
            case .avif: self = .avif
            case .heic: self = .heic
            case .tiff where !prefix.dropFirst(8).starts(with: "CR".utf8): self = .tiff
            case .bmp: self = .bmp
            default: return nil
            }
        }
    }
}
