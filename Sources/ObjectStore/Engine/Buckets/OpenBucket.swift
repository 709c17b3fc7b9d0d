import Logging
import NIOCore

/// A bucket as the store holds it: its open folder and its CORS rules.
///
/// The rules are kept in the bucket's folder, in a file whose name no key can have. An empty file says that there are
/// none; no file, that nobody ever chose, so that a configured bucket gets its first rules once only.
struct OpenBucket: Sendable {
    /// The folder of the bucket's objects.
    let folder: Folder
    /// Its CORS rules, if it has some.
    var cors: CORSConfiguration?
    /// Whether somebody chose rules, or none, before.
    let hasChosenCORS: Bool

    /// The file of the rules, in the bucket's folder.
    static let corsFileName = ".cors"
    private static let maximumCORSByteCount: Int64 = 1 << 20

    /// Makes the entry of a bucket that was just made.
    init(new folder: Folder) {
        self.folder = folder
        hasChosenCORS = false
    }

    /// Reads the settings of a bucket that is there; rules that cannot be read are none, which the log says.
    init(_ folder: Folder, logger: Logger) throws(ObjectStoreError) {
        self.folder = folder
        guard let file = try folder.file(Self.corsFileName) else {
            hasChosenCORS = false
            return
        }
        hasChosenCORS = true
        let bytes = try file.read(0..<Self.maximumCORSByteCount).readableBytesView
        guard !bytes.isEmpty else { return }
        do {
            cors = try CORSConfiguration(xml: bytes)
        } catch {
            logger.error("the CORS configuration of a bucket is damaged; it has none until a new one is put")
        }
    }
}
