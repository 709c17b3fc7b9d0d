/// What a command line says about the gallery, wherever it is hosted; whatever it leaves out, the environment says.
package struct GalleryFlags: Sendable {
    /// Where pictures are kept.
    package var storage = StorageFlags()
    /// Where the index of pictures is.
    package var catalog: String?
    /// The address users reach the gallery under.
    package var publicURL: String?
    /// The origins whose pages may upload by Uppy's protocol.
    package var allowedOrigins: String?
    /// The most bytes one picture may have.
    package var uploadLimit: String?
    /// How much is logged.
    package var logLevel: String?

    /// A command line that says nothing.
    package init() {}
}
