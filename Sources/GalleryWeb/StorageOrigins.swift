/// Where, beside the gallery's own origin, a browser has to go.
///
/// Scheme and authority each, for the pages' content policy.
package struct StorageOrigins: Sendable, Equatable {
    /// Where uploads are PUT.
    package var uploads: [String]
    /// Where pictures are shown from.
    package var pictures: [String]

    /// Without arguments: nowhere else.
    package init(uploads: [String] = [], pictures: [String] = []) {
        self.uploads = uploads
        self.pictures = pictures
    }
}
