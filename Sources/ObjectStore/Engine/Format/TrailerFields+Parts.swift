import NIOCore

extension TrailerFields {
    /// Writes of which parts an object was joined.
    static func write(_ parts: ObjectParts, to buffer: inout ByteBuffer) {
        append(.partByteCounts, to: &buffer) { field in
            parts.byteCounts.reduce(0) { $0 + field.writeInteger($1) }
        }
        append(.partsSHA256, to: &buffer) { $0.writeBytes(parts.sha256) }
        if !parts.checksums.isEmpty {
            append(.partChecksums, to: &buffer) { field in
                parts.checksums.reduce(0) { $0 + field.writeBytes($1.bytes) }
            }
        }
        append(.uploadID, parts.uploadID?.rawValue, to: &buffer)
    }

    /// Adds the parts to an object that has some; false if they are senseless, or if neither they nor a digest of the
    /// whole body are there.
    static func addParts(_ values: Values, to info: inout ObjectInfo) -> Bool {
        guard var field = values[.partByteCounts] else { return info.sha256 != nil }
        var byteCounts: [Int64] = []
        var total: Int64 = 0
        while let byteCount = field.readInteger(as: Int64.self) {
            // Each is at most the whole, so the sum of few enough cannot overflow before it is noticed.
            guard byteCount >= 0, byteCount <= info.byteCount - total else { return false }
            byteCounts.append(byteCount)
            total += byteCount
        }
        guard
            field.readableBytes == 0, total == info.byteCount,
            (1...MultipartUpload.maximumPartCount).contains(byteCounts.count),
            let sha256 = values[.partsSHA256].map({ Array($0.readableBytesView) }), sha256.count == 32,
            let checksums = checksums(values[.partChecksums], of: info, count: byteCounts.count)
        else { return false }
        let id = text(values[.uploadID]).flatMap(MultipartUploadID.init(rawValue:))
        info.parts = ObjectParts(uploadID: id, byteCounts: byteCounts, sha256: sha256, checksums: checksums)
        return true
    }

    private static func checksums(_ field: ByteBuffer?, of info: ObjectInfo, count: Int) -> [Checksum]? {
        guard var field else { return [] }
        guard let algorithm = info.checksum?.algorithm, field.readableBytes == count * algorithm.digestByteCount else {
            return nil
        }
        var checksums: [Checksum] = []
        while let bytes = field.readBytes(length: algorithm.digestByteCount) {
            guard let checksum = Checksum(algorithm: algorithm, bytes: bytes) else { return nil }
            checksums.append(checksum)
        }
        return checksums
    }
}
