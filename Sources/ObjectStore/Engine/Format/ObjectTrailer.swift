import NIOCore

/// What stands behind the body in the file of an object: fields, and a footer of fixed length that finds them.
///
///     body │ fields │ magic (8) version (4) length of the fields (4) CRC-64 of fields, version and length (8)
///
/// A field is a tag (1 byte), a length (4) and as many bytes; all numbers are big-endian, an unknown tag is skipped.
/// The body comes first, so that ranges begin at 0 and a copy of it needs no arithmetic. All of it is in one file, so
/// that one rename makes body and metadata visible together.
enum ObjectTrailer {
    /// The most bytes of all fields together.
    ///
    /// Ten thousand parts with a length and a SHA-256 each need 400 KB, a client's metadata a few.
    static let maximumByteCount = 768 << 10

    /// The bytes behind the fields: magic, version, length and check.
    static let footerByteCount = 24
    private static let magic: UInt64 = 0x696D_676E_2D6F_626A  // "imgn-obj"
    private static let version: UInt32 = 1

    /// The trailer for an object.
    ///
    /// - Throws: ``ObjectStoreError/metadataTooLarge(limit:)``.
    static func encode(_ info: ObjectInfo) throws(ObjectStoreError) -> ByteBuffer {
        var fields = ByteBuffer()
        TrailerFields.write(info, to: &fields)
        return try encode(fields: fields)
    }

    /// The trailer with these fields.
    ///
    /// - Throws: ``ObjectStoreError/metadataTooLarge(limit:)``.
    static func encode(fields: ByteBuffer) throws(ObjectStoreError) -> ByteBuffer {
        var buffer = fields
        guard buffer.readableBytes <= maximumByteCount else { throw .metadataTooLarge(limit: maximumByteCount) }
        let length = UInt32(buffer.readableBytes)
        let check = check(fields: buffer, version: version, length: length)
        buffer.writeMultipleIntegers(magic, version, length, check)
        return buffer
    }

    /// What the end of a file says of the object in it.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - key: The key by which the file was found, which the trailer must repeat.
    /// - Returns: What is known of the object.
    /// - Throws: ``ObjectStoreError/corrupted(_:)`` if anything is not as ``encode(_:)`` writes it.
    static func read(from file: File, of key: ObjectKey) throws(ObjectStoreError) -> ObjectInfo {
        guard
            let found = try fields(of: file), let info = TrailerFields.read(found.fields), info.key == key,
            info.byteCount == found.bodyByteCount
        else { throw .corrupted(key) }
        return info
    }

    /// The fields at the end of a file and the length of what stands before them; `nil` if anything is not as
    /// ``encode(fields:)`` writes it.
    static func fields(of file: File) throws(ObjectStoreError) -> (fields: ByteBuffer, bodyByteCount: Int64)? {
        guard let fileByteCount = try file.byteCount(), fileByteCount >= footerByteCount else { return nil }
        // One read takes the footer and, nearly always, all fields.
        var tail = try file.read(max(0, fileByteCount - 4096)..<fileByteCount)
        guard let length = fieldsByteCount(in: tail) else { return nil }
        let trailerByteCount = Int64(length + footerByteCount)
        guard trailerByteCount <= fileByteCount else { return nil }
        if trailerByteCount > tail.readableBytes {
            tail = try file.read(fileByteCount - trailerByteCount..<fileByteCount)
        }
        guard let fields = fields(in: tail, byteCount: length) else { return nil }
        return (fields, fileByteCount - trailerByteCount)
    }

    private static func fieldsByteCount(in tail: ByteBuffer) -> Int? {
        var footer = tail
        guard tail.readableBytes >= footerByteCount else { return nil }
        footer.moveReaderIndex(forwardBy: tail.readableBytes - footerByteCount)
        guard let (magic, version, length) = footer.readMultipleIntegers(as: (UInt64, UInt32, UInt32).self) else {
            return nil
        }
        guard magic == Self.magic, version == Self.version, length <= maximumByteCount else { return nil }
        return Int(length)
    }

    private static func fields(in tail: ByteBuffer, byteCount: Int) -> ByteBuffer? {
        var rest = tail
        let skipped = tail.readableBytes - footerByteCount - byteCount
        guard skipped >= 0 else { return nil }
        rest.moveReaderIndex(forwardBy: skipped)
        guard let fields = rest.readSlice(length: byteCount) else { return nil }
        typealias Footer = (UInt64, UInt32, UInt32, UInt64)
        guard let (_, version, length, check) = rest.readMultipleIntegers(as: Footer.self) else { return nil }
        guard check == Self.check(fields: fields, version: version, length: length) else { return nil }
        return fields
    }

    private static func check(fields: ByteBuffer, version: UInt32, length: UInt32) -> UInt64 {
        var checked = fields
        checked.writeMultipleIntegers(version, length)
        var crc = CyclicRedundancyCheck.crc64nvme
        unsafe checked.withUnsafeReadableBytes { bytes in unsafe crc.update(bytes) }
        return crc.value
    }
}
