/// Of which parts a multipart object was joined.
///
/// Parts count from 1 without gaps here, whatever numbers they were sent under: a client that has been told how many
/// there are asks for 1, 2, 3, … (`GET ?partNumber=`).
package struct ObjectParts: Sendable, Equatable {
    /// The upload it was made by, so that a completion can be repeated; `nil` for a copy of the object.
    package var uploadID: MultipartUploadID?
    /// The lengths of the parts, in order.
    package var byteCounts: [Int64]
    /// The SHA-256 over the SHA-256 of every part, one behind the other: 32 bytes.
    ///
    /// In base64 and with `-` and the number of parts behind it, it is S3's composite checksum.
    package var sha256: [UInt8]
    /// The checksums of the parts, in order; empty when the upload had no checksum algorithm.
    package var checksums: [Checksum]

    /// How many parts there are.
    package var count: Int { byteCounts.count }

    /// Describes the parts of one object.
    package init(uploadID: MultipartUploadID?, byteCounts: [Int64], sha256: [UInt8], checksums: [Checksum] = []) {
        self.uploadID = uploadID
        self.byteCounts = byteCounts
        self.sha256 = sha256
        self.checksums = checksums
    }

    /// Where in the object the part of that number lies, counted from 1; `nil` when there is no such part.
    package func range(of number: Int) -> Range<Int64>? {
        guard (1...count).contains(number) else { return nil }
        let start = byteCounts[..<(number - 1)].reduce(0, +)
        return start..<(start + byteCounts[number - 1])
    }
}
