import HTTPTypes

/// What a request wants done with a multipart upload to one key.
enum MultipartOperation: Sendable, Equatable {
    /// `POST ?uploads`
    case create
    /// `PUT ?partNumber=…&uploadId=…`
    case uploadPart(PartAddress)
    /// The same with `x-amz-copy-source`.
    case uploadPartCopy(PartAddress)
    /// `GET ?uploadId=…`
    case listParts(MultipartUpload)
    /// `POST ?uploadId=…`
    case complete(MultipartUpload)
    /// `DELETE ?uploadId=…`
    case abort(MultipartUpload)

    /// Where a part goes.
    struct PartAddress: Sendable, Equatable {
        /// The upload.
        let upload: MultipartUpload
        /// The number of the part, 1 to 10,000.
        let number: Int
    }

    /// Finds the operation; `nil` for a request that names neither an upload nor a part of one.
    ///
    /// A PUT with half of what a part needs is refused: taken for a PutObject it would overwrite the object.
    /// - Parameters:
    ///   - request: The request, its signature checked.
    ///   - address: The object it is about.
    /// - Throws: `NoSuchUpload` for an id that can be none, `InvalidArgument`, `NotImplemented`.
    init?(_ request: S3Request, at address: ObjectAddress) throws(S3Error) {
        let method = request.head.method
        if request.query("uploads") != nil {
            guard method == .post else { throw .notImplemented("?uploads") }
            self = .create
        } else if method == .put, let number = request.query("partNumber") {
            self = try Self.part(number, request, at: address)
        } else if let id = request.query("uploadId") {
            let upload = try Self.upload(id, at: address)
            switch method {
            case .get: self = .listParts(upload)
            case .post: self = .complete(upload)
            case .delete: self = .abort(upload)
            case .put: throw .invalidPartNumber("")
            default: throw .notImplemented("?uploadId")
            }
        } else {
            return nil
        }
    }

    /// Whether the body may come in signed chunks.
    var takesStreams: Bool {
        if case .uploadPart = self { return true }
        return false
    }

    private static func part(
        _ text: String,
        _ request: S3Request,
        at address: ObjectAddress
    ) throws(S3Error) -> MultipartOperation {
        guard let id = request.query("uploadId") else {
            throw .invalidArgument("uploadId", "", "A part number needs the upload ID that it belongs to.")
        }
        guard let number = PartNumber.read(text) else { throw .invalidPartNumber(text) }
        let part = PartAddress(upload: try upload(id, at: address), number: number)
        return request.amz("x-amz-copy-source") == nil ? .uploadPart(part) : .uploadPartCopy(part)
    }

    private static func upload(_ text: String, at address: ObjectAddress) throws(S3Error) -> MultipartUpload {
        guard let id = MultipartUploadID(rawValue: text) else { throw .noSuchUpload(text) }
        return MultipartUpload(bucket: address.bucket, key: address.key, id: id)
    }
}
