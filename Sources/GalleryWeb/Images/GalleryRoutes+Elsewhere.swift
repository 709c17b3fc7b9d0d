import GalleryCore
package import Hummingbird

extension GalleryRoutes {
    /// Where a client finds the bytes that it asked for, when they are more than the host can answer with.
    ///
    /// Behind a gateway answers have a limit that pictures do not have: they are at the storage's public address, or at
    /// the one of the original, which leads to a presigned URL.
    ///
    /// - Parameter request: What was asked.
    /// - Returns: An address for `Location`; nil when it was not a picture.
    package func elsewhere(_ request: Request) -> String? {
        let words = request.uri.path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, words[0].isEmpty, let file = PublishedFile(String(words[2])),
            request.uri.path == file.address
        else { return nil }
        return gallery.storage.publicAddress(of: file) ?? "/api/images/\(file.id)/original"
    }
}
