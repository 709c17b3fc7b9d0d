// What can go wrong with multipart uploads. Sources: AWS "Error responses", "CompleteMultipartUpload", "UploadPart".

// MARK: Uploads and parts

extension S3Error {
    /// No unfinished upload has this id, bucket and key.
    static func noSuchUpload(_ id: String) -> S3Error {
        S3Error(
            "NoSuchUpload",
            404,
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or "
                + "completed.",
            fields: ["UploadId": id]
        )
    }

    /// A part number that is none.
    static func invalidPartNumber(_ value: String) -> S3Error {
        invalidArgument("partNumber", value, "Part number must be an integer between 1 and 10000, inclusive")
    }

    /// A listed part that is not there, or is another one than listed.
    static func invalidPart(number: Int, etag: String, upload: String) -> S3Error {
        S3Error(
            "InvalidPart",
            400,
            "One or more of the specified parts could not be found. The part may not have been uploaded, or the "
                + "specified entity tag or checksum may not match the part's.",
            fields: ["UploadId": upload, "PartNumber": "\(number)", "ETag": etag]
        )
    }

    /// Parts that are not listed by ascending number.
    static let invalidPartOrder = S3Error(
        "InvalidPartOrder",
        400,
        "The list of parts was not in ascending order. Parts must be ordered by part number."
    )

    /// A part before the last one that is too short.
    static func entityTooSmall(_ part: StoredPart, minimum: Int64) -> S3Error {
        S3Error(
            "EntityTooSmall",
            400,
            "Your proposed upload is smaller than the minimum allowed size.",
            fields: [
                "ProposedSize": "\(part.byteCount)", "MinSizeAllowed": "\(minimum)", "PartNumber": "\(part.number)",
                "ETag": part.etag,
            ]
        )
    }
}
