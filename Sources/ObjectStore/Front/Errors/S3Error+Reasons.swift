import HTTPTypes
import SigV4

// The one map from what can go wrong to S3's code, status and elements. Sources: AWS "Error responses", s3-tests.

// MARK: Who asks

extension S3Error {
    /// The client expects the bucket to be somebody else's (`x-amz-expected-bucket-owner`).
    static let otherOwner = S3Error("AccessDenied", 403, "Access Denied. The bucket has another owner than expected.")

    /// No signature, and nothing here is public.
    static let anonymous = S3Error("AccessDenied", 403, "Access Denied. This bucket answers signed requests only.")
}

// MARK: What is asked for

extension S3Error {
    /// The path does not decode to UTF-8, or is no path at all.
    static let invalidURI = S3Error("InvalidURI", 400, "Couldn't parse the specified URI.")

    /// A bucket name that S3's rules forbid.
    static func invalidBucketName(_ name: String) -> S3Error {
        S3Error("InvalidBucketName", 400, "The specified bucket is not valid.", fields: ["BucketName": name])
    }

    /// A well-formed bucket name that is not one of ours.
    static func noSuchBucket(_ name: String) -> S3Error {
        S3Error("NoSuchBucket", 404, "The specified bucket does not exist.", fields: ["BucketName": name])
    }

    /// No object has this key.
    static func noSuchKey(_ key: String) -> S3Error {
        S3Error("NoSuchKey", 404, "The specified key does not exist.", fields: ["Key": key])
    }

    /// A key of more than 1024 bytes.
    static func keyTooLong(byteCount: Int) -> S3Error {
        S3Error(
            "KeyTooLongError",
            400,
            "Your key is too long.",
            fields: ["Size": "\(byteCount)", "MaxSizeAllowed": "1024"]
        )
    }

    /// The resource exists, but not for this method.
    static func methodNotAllowed(_ method: HTTPRequest.Method, resource: String) -> S3Error {
        S3Error(
            "MethodNotAllowed",
            405,
            "The specified method is not allowed against this resource.",
            fields: ["Method": method.rawValue, "ResourceType": resource]
        )
    }

    /// A header, sub-resource or condition of S3 that this store does not have.
    static func notImplemented(_ what: String) -> S3Error {
        S3Error(
            "NotImplemented",
            501,
            "A header or query you provided implies functionality that is not implemented: \(what).",
            fields: ["Header": what]
        )
    }
}

// MARK: Arguments

extension S3Error {
    /// One argument whose value makes no sense.
    static func invalidArgument(_ name: String, _ value: String, _ message: String) -> S3Error {
        S3Error("InvalidArgument", 400, message, fields: ["ArgumentName": name, "ArgumentValue": value])
    }

    /// A request whose parts do not go together.
    static func invalidRequest(_ message: String) -> S3Error {
        S3Error("InvalidRequest", 400, message)
    }

    /// More metadata than is kept with an object.
    static func metadataTooLarge(limit: Int) -> S3Error {
        S3Error(
            "MetadataTooLarge",
            400,
            "Your metadata headers exceed the maximum allowed metadata size.",
            fields: ["MaxSizeAllowed": "\(limit)"]
        )
    }

    /// A canned ACL other than those that say nothing, or any grant: the owner owns every object here.
    static let accessControlListNotSupported =
        S3Error("AccessControlListNotSupported", 400, "The bucket does not allow ACLs.")

    /// A storage class this store does not know.
    static func invalidStorageClass(_ value: String) -> S3Error {
        S3Error(
            "InvalidStorageClass",
            400,
            "The storage class you specified is not valid.",
            fields: ["StorageClassRequested": value]
        )
    }

    /// A body that is not the XML the operation wants.
    static let malformedXML = S3Error(
        "MalformedXML",
        400,
        "The XML you provided was not well-formed or did not validate against our published schema."
    )
}

// MARK: Bodies

extension S3Error {
    /// A write that does not say how long its body is.
    static let missingContentLength =
        S3Error("MissingContentLength", 411, "You must provide the Content-Length HTTP header.")

    /// A declared size over the limit of one PUT.
    static func entityTooLarge(proposed: Int64, limit: Int64) -> S3Error {
        S3Error(
            "EntityTooLarge",
            400,
            "Your proposed upload exceeds the maximum allowed size.",
            fields: ["ProposedSize": "\(proposed)", "MaxSizeAllowed": "\(limit)"]
        )
    }

    /// Fewer or more bytes than announced, or a connection that was cut; nothing was stored.
    static let incompleteBody = S3Error(
        "IncompleteBody",
        400,
        "You did not provide the number of bytes specified by the Content-Length HTTP header. Nothing was stored."
    )

    /// A body that came too slowly.
    static let requestTimeout = S3Error(
        "RequestTimeout",
        400,
        "Your socket connection to the server was not read from or written to within the timeout period."
    )

    /// A Content-MD5 that is not the base64 of 16 bytes.
    static func invalidDigest(_ value: String) -> S3Error {
        S3Error("InvalidDigest", 400, "The Content-MD5 you specified is not valid.", fields: ["Content-MD5": value])
    }

    /// The body is not the one whose MD5 was given.
    static func badContentMD5(expected: String, calculated: String) -> S3Error {
        S3Error(
            "BadDigest",
            400,
            "The Content-MD5 you specified did not match what we received.",
            fields: ["ExpectedDigest": expected, "CalculatedDigest": calculated]
        )
    }

    /// The body is not the one whose checksum was given.
    static func badChecksum(_ algorithm: ChecksumAlgorithm) -> S3Error {
        S3Error(
            "BadDigest",
            400,
            "The \(algorithm.rawValue) you specified did not match the calculated checksum."
        )
    }

    /// The body is not the one announced, by a digest whose claimed value is not at hand.
    static func badDigest(_ mismatch: DigestMismatch) -> S3Error {
        switch mismatch.kind {
        case .contentMD5: .badContentMD5(expected: "", calculated: Base64.encode(mismatch.computed))
        case .checksum(let algorithm): .badChecksum(algorithm)
        case .payloadHash: .payloadHashMismatch(claimed: "", computed: hexadecimal(mismatch.computed))
        }
    }

    /// The body is not the one whose SHA-256 was signed.
    static func payloadHashMismatch(claimed: String, computed: String) -> S3Error {
        S3Error(
            "XAmzContentSHA256Mismatch",
            400,
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
            fields: ["ClientComputedContentSHA256": claimed, "S3ComputedContentSHA256": computed]
        )
    }

    /// A checksum that is not base64 of its algorithm's length.
    static func invalidChecksum(header name: String) -> S3Error {
        invalidRequest("Value for \(name) header is invalid.")
    }

    /// Two different `x-amz-checksum-` values in one request.
    static let severalChecksums = invalidRequest(
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
    )

    /// An operation that wants its body vouched for.
    static let missingBodyDigest = invalidRequest(
        "Missing required header for this request: Content-MD5 OR x-amz-checksum-*."
    )
}

// MARK: Conditions and ranges

extension S3Error {
    /// A condition that did not hold; `condition` is the header's name.
    static func preconditionFailed(_ condition: String) -> S3Error {
        S3Error(
            "PreconditionFailed",
            412,
            "At least one of the pre-conditions you specified did not hold.",
            fields: ["Condition": condition]
        )
    }

    /// A range that starts past the object's end.
    static func invalidRange(_ requested: String, byteCount: Int64) -> S3Error {
        S3Error(
            "InvalidRange",
            416,
            "The requested range is not satisfiable.",
            fields: ["RangeRequested": requested, "ActualObjectSize": "\(byteCount)"]
        )
        .answering(.contentRange, "bytes */\(byteCount)")
    }
}

// MARK: CORS

extension S3Error {
    /// A preflight without the headers that make it one.
    static func insufficientPreflight(_ message: String) -> S3Error {
        S3Error("BadRequest", 400, message)
    }

    /// A preflight that the bucket's CORS configuration does not answer.
    static func corsForbidden(_ reason: String, method: String, resource: String) -> S3Error {
        S3Error(
            "AccessForbidden",
            403,
            "CORSResponse: \(reason)",
            fields: ["Method": method, "ResourceType": resource]
        )
    }

    /// Why a preflight is refused that no rule allows; the misspelling is S3's own.
    static let corsNoRule =
        "This CORS request is not allowed. This is usually because the evalution of Origin, request method / "
        + "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's "
        + "CORS spec."
}

// MARK: The store itself

extension S3Error {
    /// No room; S3 has no such code, because it never fills up.
    static let insufficientStorage = S3Error(
        "InsufficientStorage",
        507,
        "The disk of this store is full. Nothing was stored. Delete objects or make room, then try again."
    )

    /// Anything that is our fault; says nothing more, since the log has the cause under the request's id.
    static let internalError =
        S3Error("InternalError", 500, "We encountered an internal error. Please try again.")
}
