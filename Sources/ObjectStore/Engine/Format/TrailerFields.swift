import NIOCore

/// The fields of an object's trailer, written and read.
enum TrailerFields {
    /// Which field it is; the numbers are on disk and never change their meaning.
    private enum Tag: UInt8 {
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
    }

    // MARK: Writing

    /// Writes all that is known of an object.
    static func write(_ info: ObjectInfo, to buffer: inout ByteBuffer) {
        append(.key, to: &buffer) { $0.writeString(info.key.rawValue) }
        append(.byteCount, to: &buffer) { $0.writeInteger(info.byteCount) }
        append(.etag, to: &buffer) { $0.writeString(info.etag) }
        append(.lastModified, to: &buffer) { $0.writeInteger(info.lastModified) }
        append(.sha256, to: &buffer) { $0.writeBytes(info.sha256) }
        if let checksum = info.checksum {
            append(.checksum, to: &buffer) { field in
                writeName(checksum.algorithm.rawValue, to: &field) + field.writeBytes(checksum.bytes)
            }
        }
        write(info.metadata, to: &buffer)
    }

    private static func write(_ metadata: ObjectMetadata, to buffer: inout ByteBuffer) {
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

    private static func append(_ tag: Tag, _ text: String?, to buffer: inout ByteBuffer) {
        guard let text else { return }
        append(tag, to: &buffer) { $0.writeString(text) }
    }

    private static func append(_ tag: Tag, to buffer: inout ByteBuffer, _ write: (inout ByteBuffer) -> Int) {
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
        var rest = fields
        var values: [Tag: ByteBuffer] = [:]
        var user: [String: String] = [:]
        while rest.readableBytes > 0 {
            guard let number = rest.readInteger(as: UInt8.self) else { return nil }
            guard var value = rest.readLengthPrefixedSlice(as: UInt32.self) else { return nil }
            guard let tag = Tag(rawValue: number) else { continue }
            if tag == .user {
                guard let name = readName(from: &value), let text = text(value) else { return nil }
                user[name] = text
            } else {
                values[tag] = value
            }
        }
        return info(values, metadata(values, user: user))
    }

    private static func info(_ values: [Tag: ByteBuffer], _ metadata: ObjectMetadata?) -> ObjectInfo? {
        guard
            let metadata,
            let key = text(values[.key]).flatMap(ObjectKey.init(rawValue:)),
            let byteCount = integer(values[.byteCount]), byteCount >= 0,
            let etag = text(values[.etag]),
            let lastModified = integer(values[.lastModified]),
            let sha256 = values[.sha256].map({ Array($0.readableBytesView) }), sha256.count == 32
        else { return nil }
        var info = ObjectInfo(
            key: key,
            byteCount: byteCount,
            etag: etag,
            lastModified: lastModified,
            sha256: sha256,
            metadata: metadata
        )
        if let field = values[.checksum] {
            guard let checksum = checksum(field) else { return nil }
            info.checksum = checksum
        }
        return info
    }

    private static func metadata(_ values: [Tag: ByteBuffer], user: [String: String]) -> ObjectMetadata? {
        guard let contentType = text(values[.contentType]) else { return nil }
        var metadata = ObjectMetadata(contentType: contentType, user: user)
        metadata.cacheControl = text(values[.cacheControl])
        metadata.contentDisposition = text(values[.contentDisposition])
        metadata.contentEncoding = text(values[.contentEncoding])
        metadata.contentLanguage = text(values[.contentLanguage])
        metadata.expires = text(values[.expires])
        return metadata
    }

    private static func checksum(_ field: ByteBuffer) -> Checksum? {
        var field = field
        guard let algorithm = readName(from: &field).flatMap(ChecksumAlgorithm.init(rawValue:)) else { return nil }
        return Checksum(algorithm: algorithm, bytes: Array(field.readableBytesView))
    }

    private static func readName(from field: inout ByteBuffer) -> String? {
        field.readLengthPrefixedSlice(as: UInt32.self).flatMap { text($0) }
    }

    private static func integer(_ field: ByteBuffer?) -> Int64? {
        guard let field, field.readableBytes == 8 else { return nil }
        return field.getInteger(at: field.readerIndex)
    }

    private static func text(_ field: ByteBuffer?) -> String? {
        field.flatMap { String(validating: $0.readableBytesView, as: UTF8.self) }
    }
}
