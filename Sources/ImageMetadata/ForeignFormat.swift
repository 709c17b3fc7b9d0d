/// What a file is when it is not a picture this kit reads, so that a refusal can say so.
public enum ForeignFormat: String, Sendable, CaseIterable {
    /// An HTML page.
    case html
    /// An SVG drawing.
    case svg
    /// XML of any other kind.
    case xml
    /// A PDF document.
    case pdf
    /// HEIC or another HEVC picture in HEIF.
    case heic
    /// An AVIF picture or sequence.
    case avif
    /// TIFF, BigTIFF, and the camera raw formats built on them.
    case tiff
    /// A Windows or OS/2 bitmap.
    case bmp
    /// A Windows icon or cursor.
    case ico
    /// JPEG XL, bare or in its container.
    case jxl
    /// JPEG 2000, bare or in its container.
    case jp2
    /// A Photoshop document.
    case psd
    /// A film: MP4, QuickTime, Matroska, WebM, AVI.
    case film
    /// ZIP, and the documents packed in it; gzip.
    case archive
    /// Text of any other kind.
    case text

    /// The format in words, with its article.
    public var phrase: String {
        switch self {
        case .html: "an HTML page"
        case .svg: "an SVG drawing"
        case .xml: "an XML document"
        case .pdf: "a PDF document"
        case .heic: "a HEIC picture"
        case .avif: "an AVIF picture"
        case .tiff: "a TIFF picture or a camera's raw file"
        case .bmp: "a BMP picture"
        case .ico: "an icon file (ICO)"
        case .jxl: "a JPEG XL picture"
        case .jp2: "a JPEG 2000 picture"
        case .psd: "a Photoshop document"
        case .film: "a film"
        case .archive: "an archive or an office document"
        case .text: "plain text"
        }
    }
}
