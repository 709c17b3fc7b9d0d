extension MultipartQuery {
    /// Reads the query of a ListMultipartUploads.
    ///
    /// An `upload-id-marker` counts only together with a `key-marker`, as in S3.
    /// - Throws: `InvalidArgument`, naming the parameter.
    init(_ request: S3Request) throws(S3Error) {
        let keyMarker = request.query("key-marker").flatMap { $0.isEmpty ? nil : $0 }
        self.init(
            prefix: request.query("prefix") ?? "",
            delimiter: request.query("delimiter").flatMap { $0.isEmpty ? nil : $0 },
            afterKey: keyMarker,
            afterID: keyMarker == nil ? nil : try Self.id(request.query("upload-id-marker")),
            limit: try PageLimit.read(request.query("max-uploads"), named: "max-uploads")
        )
    }

    private static func id(_ text: String?) throws(S3Error) -> MultipartUploadID? {
        guard let text, !text.isEmpty else { return nil }
        guard let id = MultipartUploadID(rawValue: text) else {
            throw .invalidArgument("upload-id-marker", text, "Invalid uploadId marker")
        }
        return id
    }
}
