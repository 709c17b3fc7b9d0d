/// An event of S3 on EventBridge (AWS, ev-events); its key is not encoded.
struct BusEvent: Decodable {
    private let source: String
    private let kind: String
    private let detail: Detail

    private enum CodingKeys: String, CodingKey {
        case source
        case kind = "detail-type"
        case detail
    }

    private struct Detail: Decodable {
        let bucket: Bucket
        let object: Object
    }

    private struct Bucket: Decodable {
        let name: String
    }

    private struct Object: Decodable {
        let key: String
    }

    /// The object, when it tells that one was stored.
    var stored: [ObjectAddress] {
        guard source == "aws.s3", kind == "Object Created" else { return [] }
        return [ObjectAddress(bucket: detail.bucket.name, key: detail.object.key)]
    }
}
