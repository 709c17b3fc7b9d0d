import NIOCore

/// A file in `tmp/` that is to become an object.
struct TemporaryFile: Sendable {
    /// Its name in `tmp/`.
    let name: String
    /// The file itself.
    let file: File

    /// A name nobody else has: 128 random bits in hex.
    static func randomName() -> String {
        var random = SystemRandomNumberGenerator()
        return hexadecimal((0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    /// Writes the trailer behind the body and makes the file durable, ready to be published.
    func seal(_ info: ObjectInfo) throws(ObjectStoreError) {
        try file.write(try ObjectTrailer.encode(info), at: info.byteCount)
        try file.sync()
    }
}
