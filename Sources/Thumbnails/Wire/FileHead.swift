package import ImageMetadata

/// What a worker says of a file before its bytes.
package struct FileHead: Equatable, Sendable {
    /// What the file is.
    package enum Role: UInt8, Sendable {
        /// Stands for the picture: the upload without its metadata, or a JPEG of it.
        case picture = 0
        /// A smaller one, as WebP.
        case rendition = 1
    }

    package let role: Role
    package let format: ImageFormat
    /// Pixels as displayed.
    package let width: Int
    package let height: Int
    /// Length of the file.
    package let byteCount: Int

    init(_ role: Role, format: ImageFormat, width: Int, height: Int, byteCount: Int) {
        self.role = role
        self.format = format
        self.width = width
        self.height = height
        self.byteCount = byteCount
    }

    init(reading payload: [UInt8]) throws(WireFlaw) {
        var fields = FieldReader(payload)
        guard let role = Role(rawValue: try fields.byte()) else { throw .badField }
        self.role = role
        format = try ImageFormat(wireCode: fields.byte())
        width = Int(try fields.number32())
        height = Int(try fields.number32())
        byteCount = try fields.number64()
        try fields.end()
        guard width > 0, height > 0, byteCount > 0 else { throw .badField }
    }

    var payload: [UInt8] {
        var fields = FieldWriter()
        fields.byte(role.rawValue)
        fields.byte(format.wireCode)
        fields.number32(width)
        fields.number32(height)
        fields.number64(byteCount)
        return fields.bytes
    }
}
