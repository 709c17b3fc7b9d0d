import HTTPTypes

/// The one part of an object that `?partNumber=` asks for.
///
/// An object that came in one piece is its own and only part.
struct RequestedPart: Sendable, Equatable {
    /// Which part, counted from 1.
    let number: Int

    /// Reads the query; `nil` when it asks for no part.
    /// - Throws: `InvalidArgument` for a number that is none, `InvalidRequest` for a range as well.
    init?(_ request: S3Request) throws(S3Error) {
        guard let text = request.query("partNumber") else { return nil }
        guard let number = PartNumber.read(text) else { throw .invalidPartNumber(text) }
        guard request.headers[.range] == nil else { throw .rangeAndPartNumber }
        self.number = number
    }

    /// The bytes of the part, which may be none.
    /// - Throws: `InvalidPartNumber` when the object has fewer parts.
    func range(of info: ObjectInfo) throws(S3Error) -> Range<Int64> {
        let range = info.parts.map { $0.range(of: number) } ?? (number == 1 ? 0..<info.byteCount : nil)
        guard let range else { throw .partNotSatisfiable(number, count: info.parts?.count ?? 1) }
        return range
    }

    /// How many parts there are, and the checksum of this one if it is wanted.
    func headers(of info: ObjectInfo, showsChecksum: Bool) -> HTTPFields {
        var headers = HTTPFields()
        guard let parts = info.parts else { return headers }
        headers[named: "x-amz-mp-parts-count"] = String(parts.count)
        if showsChecksum, parts.checksums.indices.contains(number - 1) {
            let checksum = parts.checksums[number - 1]
            headers[named: checksum.algorithm.headerName] = checksum.base64
        }
        return headers
    }
}
