/// The endings of file names that pictures have.
package enum PictureEnding: String, CaseIterable, Sendable {
    case jpg, jpeg, png, gif, webp, avif, heic, tif, tiff

    /// The ending of a name, in capitals or not; `nil` when it is no picture's.
    package init?(of name: String) {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        self.init(rawValue: name[name.index(after: dot)...].lowercased())
    }

    /// The media type that the ending stands for.
    package var mediaType: String {
        switch self {
        case .jpg, .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .webp: "image/webp"
        case .avif: "image/avif"
        case .heic: "image/heic"
        case .tif, .tiff: "image/tiff"
        }
    }
}
