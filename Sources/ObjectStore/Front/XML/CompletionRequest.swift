import HTTPEdge
import S3XML

/// The body of a CompleteMultipartUpload: which parts become the object, in which order.
struct CompletionRequest: Sendable, Equatable {
    /// The longest body that is read, in bytes: 10,000 parts with a checksum each, generously indented.
    static let maximumByteCount: Int64 = 6 << 20

    /// The parts in the order given, not yet checked against anything.
    let parts: [CompletedPart]

    /// Reads `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>…</ETag></Part>…`.
    ///
    /// - Parameters:
    ///   - bytes: The body.
    ///   - algorithm: The algorithm whose `Checksum…` element counts; those of others are read over.
    /// - Throws: `MalformedXML` for bad XML, an unknown element, a part without number or tag, none or more than 10,000
    ///   parts; `InvalidArgument` for a number that is none.
    init(xml bytes: some Collection<UInt8>, algorithm: ChecksumAlgorithm?) throws(S3Error) {
        let root: XMLElement
        do {
            root = try XMLElement(parsing: bytes)
        } catch {
            throw .malformedXML
        }
        guard
            root.name == "CompleteMultipartUpload",
            (1...MultipartUpload.maximumPartCount).contains(root.children.count)
        else { throw .malformedXML }
        var parts: [CompletedPart] = []
        for element in root.children { parts.append(try Self.part(element, algorithm)) }
        self.parts = parts
    }

    private static func part(
        _ element: XMLElement,
        _ algorithm: ChecksumAlgorithm?
    ) throws(S3Error) -> CompletedPart {
        guard element.name == "Part", element.children.allSatisfy({ isKnown($0.name) }),
            let number = element["PartNumber"], let etag = element["ETag"]
        else { throw .malformedXML }
        guard let partNumber = PartNumber.read(number) else { throw .invalidPartNumber(number) }
        var part = CompletedPart(number: partNumber, etag: String(EntityTag.unquoted(etag[...])))
        if let algorithm, let text = element[algorithm.elementName] {
            guard let checksum = Checksum(algorithm: algorithm, base64: text) else {
                throw .invalidChecksum(element: algorithm.elementName)
            }
            part.checksum = checksum
        }
        return part
    }

    private static func isKnown(_ name: String) -> Bool {
        name == "PartNumber" || name == "ETag" || ChecksumAlgorithm.allCases.contains { $0.elementName == name }
    }
}
