import S3XML

extension ListScope {
    /// Writes what was asked, behind the elements of the listing's own.
    func write(to writer: inout XMLWriter) {
        writer.element("MaxKeys", limit)
        if let delimiter { writer.element("Delimiter", encoded(delimiter)) }
        encoding.write(to: &writer)
    }

    /// Writes what several keys begin with.
    func write(commonPrefix: String, to writer: inout XMLWriter) {
        writer.element("CommonPrefixes") { $0.element("Prefix", encoded(commonPrefix)) }
    }

    /// Writes what every listing says of an object, inside the object's element.
    ///
    /// - Parameters:
    ///   - info: The object.
    ///   - owner: Who owns it, if the listing says so.
    ///   - writer: Takes the elements.
    func write(_ info: ObjectInfo, ownedBy owner: ObjectStoreFront.Owner?, to writer: inout XMLWriter) {
        writer.element("LastModified", ObjectTime(milliseconds: info.lastModified).iso8601)
        writer.element("ETag", info.quotedETag)
        if let checksum = info.checksum {
            writer.element("ChecksumAlgorithm", checksum.algorithm.rawValue)
            writer.element("ChecksumType", info.checksumType.rawValue)
        }
        writer.element("Size", info.byteCount)
        owner?.write(to: &writer)
        writer.element("StorageClass", "STANDARD")
    }
}
