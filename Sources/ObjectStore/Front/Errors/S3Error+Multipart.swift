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

// MARK: Checksums

extension S3Error {
    /// An algorithm that S3 does not know.
    static let unsupportedChecksumAlgorithm = invalidRequest(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
            + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"
    )

    /// A checksum's type without its algorithm.
    static let checksumTypeWithoutAlgorithm = invalidRequest(
        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."
    )

    /// A type that the algorithm does not go with.
    static func impossibleChecksumType(_ type: ChecksumType, of algorithm: ChecksumAlgorithm) -> S3Error {
        invalidRequest(
            "The \(type.rawValue) checksum type cannot be used with the \(algorithm.rawValue.lowercased()) checksum "
                + "algorithm."
        )
    }

    /// A checksum by another algorithm than the upload was started with.
    static func checksumMismatch(expected: ChecksumAlgorithm?, actual: ChecksumAlgorithm) -> S3Error {
        let expected = expected?.rawValue.lowercased() ?? "null"
        return invalidRequest(
            "Checksum Type mismatch occurred, expected checksum Type: \(expected), actual checksum Type: "
                + "\(actual.rawValue.lowercased()). Name the algorithm when the upload is created."
        )
    }

    /// A completion that speaks of another type of checksum than the upload was started with.
    static func checksumTypeMismatch(expected: ChecksumType?) -> S3Error {
        invalidRequest(
            "The upload was created with the \(expected?.rawValue ?? "null") checksum type. The complete request must "
                + "use the same checksum type."
        )
    }

    /// A listed part without the checksum that the upload's algorithm asks for.
    static func missingPartChecksum(_ algorithm: ChecksumAlgorithm, number: Int) -> S3Error {
        invalidRequest(
            "The upload was created using a \(algorithm.rawValue.lowercased()) checksum. The complete request must "
                + "include the checksum for each part. It was missing for part \(number) in the request."
        )
    }

    /// A part's checksum that is not base64 of its algorithm's length.
    static func invalidChecksum(element name: String) -> S3Error {
        invalidRequest("Value for \(name) is invalid.")
    }

    /// An object that is not as long as the completion says (`x-amz-mp-object-size`).
    static func objectSizeMismatch(expected: Int64, actual: Int64) -> S3Error {
        invalidRequest(
            "The provided 'x-amz-mp-object-size' header value (\(expected)) does not match what was computed "
                + "(\(actual))."
        )
    }
}

// MARK: Copying and reading parts

extension S3Error {
    /// More bytes to copy than one request may.
    static func copySourceTooLarge(limit: Int64) -> S3Error {
        invalidRequest(
            "The specified copy source is larger than the maximum allowable size for a copy source: \(limit)"
        )
    }

    /// A part of an object that it does not have.
    static func partNotSatisfiable(_ number: Int, count: Int) -> S3Error {
        S3Error(
            "InvalidPartNumber",
            416,
            "The requested partnumber is not satisfiable.",
            fields: ["PartNumberRequested": "\(number)", "ActualPartCount": "\(count)"]
        )
    }

    /// A range of a part: both say which bytes.
    static let rangeAndPartNumber = invalidRequest("Cannot specify both Range header and partNumber query parameter")

    /// A name in `x-amz-object-attributes` that is none, or none at all.
    static func invalidAttribute(_ value: String) -> S3Error {
        invalidArgument("x-amz-object-attributes", value, "Invalid attribute name specified.")
    }
}
