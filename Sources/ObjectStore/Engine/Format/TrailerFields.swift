import NIOCore

/// The fields of an object's trailer, written and read.
enum TrailerFields {
    /// Which field it is; the numbers are on disk and never change their meaning.
    enum Tag: UInt8 {
        case key = 1
        case byteCount = 2
        case etag = 3
        case lastModified = 4
        case sha256 = 5
        /// The name of the algorithm, then one field's worth of digest.
        case checksum = 6
        case contentType = 7
        case cacheControl = 8
        case contentDisposition = 9
        case contentEncoding = 10
        case contentLanguage = 11
        case expires = 12
        /// The length of the name (4 bytes), the name and the value; one field a pair.
        case user = 13
        /// The length of each part, 8 bytes each; only objects of parts have this and the next three.
        case partByteCounts = 14
        /// The SHA-256 over the parts' SHA-256s.
        case partsSHA256 = 15
        /// The digest of each part, as long as the checksum's algorithm says.
        case partChecksums = 16
        /// The id of the upload that made the object.
        case uploadID = 17
        /// What the checksum covers, by S3's name; absent for the whole object.
        case checksumType = 18
        /// The algorithm of the checksums to come; only a multipart upload's plan has this.
        case checksumAlgorithm = 19
    }

    /// The fields of one trailer, not yet made sense of.
    struct Values {
        /// The bytes of every field that stands there once.
        var fields: [Tag: ByteBuffer] = [:]
        /// The user's metadata.
        var user: [String: String] = [:]

        /// The bytes of a field; `nil` when it is absent.
        subscript(_ tag: Tag) -> ByteBuffer? { fields[tag] }
    }

    // MARK: Writing

    /// Writes all that is known of an object.
    static func write(_ info: ObjectInfo, to buffer: inout ByteBuffer) {
        append(.key, to: &buffer) { $0.writeString(info.key.rawValue) }
        append(.byteCount, to: &buffer) { $0.writeInteger(info.byteCount) }
        append(.etag, to: &buffer) { $0.writeString(info.etag) }
        append(.lastModified, to: &buffer) { $0.writeInteger(info.lastModified) }
        if let sha256 = info.sha256 { append(.sha256, to: &buffer) { $0.writeBytes(sha256) } }
        if let checksum = info.checksum {
            append(.checksum, to: &buffer) { field in
                writeName(checksum.algorithm.rawValue, to: &field) + field.writeBytes(checksum.bytes)
            }
        }
        append(info.checksumType, to: &buffer)
        if let parts = info.parts { write(parts, to: &buffer) }
        write(info.metadata, to: &buffer)
    }

    /// Writes what a client said of an object.
    static func write(_ metadata: ObjectMetadata, to buffer: inout ByteBuffer) {
        append(.contentType, to: &buffer) { $0.writeString(metadata.contentType) }
        append(.cacheControl, metadata.cacheControl, to: &buffer)
        append(.contentDisposition, metadata.contentDisposition, to: &buffer)
        append(.contentEncoding, metadata.contentEncoding, to: &buffer)
        append(.contentLanguage, metadata.contentLanguage, to: &buffer)
        append(.expires, metadata.expires, to: &buffer)
        for (name, value) in metadata.user.sorted(by: { $0.key < $1.key }) {
            append(.user, to: &buffer) { field in writeName(name, to: &field) + field.writeString(value) }
        }
    }

    /// Writes a checksum's type, unless it is the one that goes without saying.
    static func append(_ type: ChecksumType, to buffer: inout ByteBuffer) {
        if type != .fullObject { append(.checksumType, type.rawValue, to: &buffer) }
    }

    /// Writes a field of text; none for `nil`.
    static func append(_ tag: Tag, _ text: String?, to buffer: inout ByteBuffer) {
        guard let text else { return }
        append(tag, to: &buffer) { $0.writeString(text) }
    }

    /// Writes a field whose bytes `write` writes and counts.
    static func append(_ tag: Tag, to buffer: inout ByteBuffer, _ write: (inout ByteBuffer) -> Int) {
        buffer.writeInteger(tag.rawValue)
        let start = buffer.writerIndex
        buffer.writeInteger(UInt32(0))
        let count = write(&buffer)
        buffer.setInteger(UInt32(clamping: count), at: start)
    }

    private static func writeName(_ name: String, to buffer: inout ByteBuffer) -> Int {
        buffer.writeInteger(UInt32(clamping: name.utf8.count)) + buffer.writeString(name)
    }

    // MARK: Reading

    /// Reads what ``write(_:to:)`` wrote; `nil` if a field is cut off, senseless or missing.
    static func read(_ fields: ByteBuffer) -> ObjectInfo? {
        values(of: fields).flatMap(info)
    }

    /// Takes the fields apart; `nil` if one is cut off.
    static func values(of fields: ByteBuffer) -> Values? {
        var rest = fields
        var values = Values()
        while rest.readableBytes > 0 {
            guard let number = rest.readInteger(as: UInt8.self) else { return nil }
            guard var value = rest.readLengthPrefixedSlice(as: UInt32.self) else { return nil }
            guard let tag = Tag(rawValue: number) else { continue }
            if tag == .user {
                guard let name = readName(from: &value), let text = text(value) else { return nil }
                values.user[name] = text
            } else {
                values.fields[tag] = value
            }
        }
        return values
    }

    private static func info(_ values: Values) -> ObjectInfo? {
        guard
            let metadata = metadata(values),
            let key = text(values[.key]).flatMap(ObjectKey.init(rawValue:)),
            let byteCount = integer(values[.byteCount]), byteCount >= 0,
            let etag = text(values[.etag]),
            let lastModified = integer(values[.lastModified]),
            let checksumType = checksumType(values)
        else { return nil }
        var info = ObjectInfo(
            key: key,
            byteCount: byteCount,
            etag: etag,
            lastModified: lastModified,
            sha256: values[.sha256].map { Array($0.readableBytesView) },
            checksumType: checksumType,
            metadata: metadata
        )
        if let field = values[.checksum] {
            guard let checksum = checksum(field) else { return nil }
            info.checksum = checksum
        }
        return addParts(values, to: &info) && (info.sha256?.count ?? 32) == 32 ? info : nil
    }

    /// What a client said of an object; `nil` when its type is missing.
    static func metadata(_ values: Values) -> ObjectMetadata? {
        guard let contentType = text(values[.contentType]) else { return nil }
        var metadata = ObjectMetadata(contentType: contentType, user: values.user)
        metadata.cacheControl = text(values[.cacheControl])
        metadata.contentDisposition = text(values[.contentDisposition])
        metadata.contentEncoding = text(values[.contentEncoding])
        metadata.contentLanguage = text(values[.contentLanguage])
        metadata.expires = text(values[.expires])
        return metadata
    }

    /// The type of a checksum; that of a whole object when the field is absent, `nil` when it is senseless.
    static func checksumType(_ values: Values) -> ChecksumType? {
        guard let field = values[.checksumType] else { return .fullObject }
        return text(field).flatMap(ChecksumType.init(rawValue:))
    }

    private static func checksum(_ field: ByteBuffer) -> Checksum? {
        var field = field
        guard let algorithm = readName(from: &field).flatMap(ChecksumAlgorithm.init(rawValue:)) else { return nil }
        return Checksum(algorithm: algorithm, bytes: Array(field.readableBytesView))
    }

    private static func readName(from field: inout ByteBuffer) -> String? {
        field.readLengthPrefixedSlice(as: UInt32.self).flatMap { text($0) }
    }

    /// The number of a field of 8 bytes; `nil` for any other field.
    static func integer(_ field: ByteBuffer?) -> Int64? {
        guard let field, field.readableBytes == 8 else { return nil }
        return field.getInteger(at: field.readerIndex)
    }

    /// The text of a field; `nil` when it is absent or no UTF-8.
    static func text(_ field: ByteBuffer?) -> String? {
        field.flatMap { String(validating: $0.readableBytesView, as: UTF8.self) }
    }
}
