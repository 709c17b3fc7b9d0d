import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How to send a small file: fields for a form, or headers for a PUT.
struct CompanionParams: Encodable {
    let method: String
    let url: String
    let fields: [String: String]
    let headers: [String: String]
    /// Seconds for which the request may start.
    let expires: Int

    init(_ form: PresignedForm, seconds: Int) {
        method = "POST"
        url = form.url
        fields = Dictionary(form.fields.map { ($0.name, $0.value) }) { first, _ in first }
        headers = [:]
        expires = seconds
    }

    /// - Throws: `invalidRequest` when the ticket is not one for a PUT.
    init(_ ticket: Ticket, seconds: Int) throws(GalleryError) {
        guard case .put(let upload) = ticket.way else {
            throw .invalidRequest("A file of this size travels in parts: begin with `POST /s3/multipart`.")
        }
        method = "PUT"
        url = upload.url
        fields = [:]
        headers = upload.headersByName
        expires = seconds
    }
}

/// A part that the store has, spelled as S3's SDKs spell it.
struct CompanionStoredPart: Encodable {
    private let number: Int
    private let etag: String
    private let size: Int64

    private enum CodingKeys: String, CodingKey {
        case number = "PartNumber"
        case etag = "ETag"
        case size = "Size"
    }

    init(_ part: ArrivedPart) {
        number = part.number
        etag = "\"\(part.etag)\""
        size = part.byteCount
    }
}

/// A part that the client says it has sent.
struct CompanionListedPart: Decodable {
    let part: CompanionPart

    private enum CodingKeys: String, CodingKey {
        case number = "PartNumber"
        case etag = "ETag"
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        part = CompanionPart(
            number: try object.decode(Int.self, forKey: .number),
            etag: try object.decode(String.self, forKey: .etag)
        )
    }
}

/// Lent keys, and the one place they are good for.
struct CompanionCredentials: Encodable {
    private struct Keys: Encodable {
        let accessKeyID: String
        let secretAccessKey: String
        let sessionToken: String
        let expiration: Date

        private enum CodingKeys: String, CodingKey {
            case accessKeyID = "AccessKeyId"
            case secretAccessKey = "SecretAccessKey"
            case sessionToken = "SessionToken"
            case expiration = "Expiration"
        }
    }

    private let credentials: Keys
    private let bucket: String
    private let region: String
    private let key: String

    init(_ lent: TemporaryCredentials, at address: ObjectAddress) {
        credentials = Keys(
            accessKeyID: lent.accessKeyID,
            secretAccessKey: lent.secretAccessKey,
            sessionToken: lent.sessionToken,
            expiration: lent.expiresAt
        )
        bucket = address.bucket
        region = lent.region
        key = address.key
    }
}
