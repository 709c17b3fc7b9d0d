import GalleryCore

/// A rendition as the API writes it.
struct RenditionJSON: Encodable {
    let width: Int
    let height: Int
    /// Where its bytes are.
    let src: String
}

/// What stands in for a picture until it arrives.
struct PlaceholderJSON: Encodable {
    /// In base64; `nil` when there is only the colour.
    let thumbhash: String?
    /// `#rrggbb`.
    let color: String

    init(_ placeholder: Placeholder) {
        thumbhash = placeholder.thumbHashText
        color = placeholder.colorText
    }
}

/// What a camera noted.
struct CameraJSON: Encodable {
    let make: String?
    let model: String?
    let lens: String?
    let exposureSeconds: Double?
    /// The f-number.
    let aperture: Double?
    let iso: Int?
    /// In millimetres.
    let focalLength: Double?
    /// In millimetres.
    let focalLength35mm: Int?
    /// `2019-10-20T18:34:30`, with the offset where it is known.
    let taken: String?

    init(_ notes: CameraNotes) {
        make = notes.make
        model = notes.model
        lens = notes.lens
        exposureSeconds = notes.exposureSeconds
        aperture = notes.aperture
        iso = notes.sensitivity
        focalLength = notes.focalLength
        focalLength35mm = notes.focalLengthOn35mm
        taken = notes.taken
    }
}
