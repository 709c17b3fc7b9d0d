import HTTPEdge
import HTTPTypes
import Hummingbird
import S3XML

/// GetObjectAttributes: what is known of an object, by name, without its body.
struct GetObjectAttributes: Sendable {
    private enum Attribute: String, CaseIterable {
        case etag = "ETag"
        case checksum = "Checksum"
        case objectParts = "ObjectParts"
        case storageClass = "StorageClass"
        case objectSize = "ObjectSize"
    }

    /// Where the object is.
    let store: ObjectStore

    /// Answers the attributes that `x-amz-object-attributes` names.
    /// - Throws: `NoSuchKey`, `PreconditionFailed`, `InvalidArgument`.
    func respond(to request: S3Request, at address: ObjectAddress) async throws -> Response {
        let wanted = try Self.attributes(request)
        let limit = try PageLimit.read(request.amz("x-amz-max-parts"), named: "x-amz-max-parts")
        let marker = try PageLimit.partMarker(
            request.amz("x-amz-part-number-marker"),
            named: "x-amz-part-number-marker"
        )
        guard let info = try await store.head(address.key, in: address.bucket) else {
            throw S3Error.noSuchKey(address.key.rawValue)
        }
        if case .failed(let condition) = ReadConditions(request.headers).judge(info) {
            throw S3Error.preconditionFailed(condition)
        }
        var response = Response(
            xml: XMLWriter.document("GetObjectAttributesResponse") { writer in
                for attribute in Attribute.allCases where wanted.contains(attribute) {
                    Self.write(attribute, of: info, to: &writer)
                    if attribute == .objectParts, let parts = info.parts {
                        Self.write(parts, after: marker, limit: limit, to: &writer)
                    }
                }
            }
        )
        response.headers[.lastModified] = ObjectTime(milliseconds: info.lastModified).httpDate
        return response
    }

    private static func attributes(_ request: S3Request) throws(S3Error) -> Set<Attribute> {
        let text = request.amz("x-amz-object-attributes") ?? ""
        let names = HeaderList.members(of: text)
        let attributes = names.compactMap { Attribute(rawValue: String($0)) }
        guard !names.isEmpty, attributes.count == names.count else { throw .invalidAttribute(text) }
        return Set(attributes)
    }

    private static func write(_ attribute: Attribute, of info: ObjectInfo, to writer: inout XMLWriter) {
        switch attribute {
        case .etag: writer.element("ETag", info.etag)
        case .storageClass: writer.element("StorageClass", "STANDARD")
        case .objectSize: writer.element("ObjectSize", info.byteCount)
        case .objectParts: break
        case .checksum:
            guard let checksum = info.checksum else { return }
            writer.element("Checksum") { writer in
                // Without the number of parts behind it: that is among the parts.
                writer.element(checksum.algorithm.elementName, checksum.base64)
                writer.element("ChecksumType", info.checksumType.rawValue)
            }
        }
    }

    private static func write(_ parts: ObjectParts, after marker: Int, limit: Int, to writer: inout XMLWriter) {
        let numbers = (1...parts.count).filter { $0 > marker }
        let page = numbers.prefix(limit)
        writer.element("ObjectParts") { writer in
            writer.element("PartsCount", parts.count)
            writer.element("PartNumberMarker", marker)
            writer.element("NextPartNumberMarker", page.last ?? marker)
            writer.element("MaxParts", limit)
            writer.element("IsTruncated", page.count < numbers.count && limit > 0)
            for number in page {
                writer.element("Part") { writer in
                    writer.element("PartNumber", number)
                    writer.element("Size", parts.byteCounts[number - 1])
                    if parts.checksums.count == parts.count {
                        let checksum = parts.checksums[number - 1]
                        writer.element(checksum.algorithm.elementName, checksum.base64)
                    }
                }
            }
        }
    }
}
