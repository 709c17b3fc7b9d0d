package import ImageMetadata

/// The public name of a picture's bytes, `<id>.<ext>`.
package struct PublishedFile: LosslessStringConvertible, Hashable, Sendable {
    package let id: ImageID
    package let format: ImageFormat

    package init(id: ImageID, format: ImageFormat) {
        self.id = id
        self.format = format
    }

    /// Takes `<id>.<ext>`; `nil` for everything else, so that no other path can be asked for.
    package init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let id = ImageID(String(parts[0])),
            let format = ImageFormat.allCases.first(where: { $0.fileExtension == parts[1] })
        else { return nil }
        self.init(id: id, format: format)
    }

    package var description: String { "\(id).\(format.fileExtension)" }
}
