// Refusals of bucket operations, and what S3 says of settings that nobody made. Source: AWS, "Error responses".

// MARK: Making and removing

extension S3Error {
    /// A bucket with objects in it cannot be deleted.
    static func bucketNotEmpty(_ name: String) -> S3Error {
        S3Error("BucketNotEmpty", 409, "The bucket you tried to delete is not empty.", fields: ["BucketName": name])
    }

    /// A bucket that the server is configured with stays as long as it is.
    static func bucketInUse(_ name: String) -> S3Error {
        S3Error(
            "AccessDenied",
            403,
            "Access Denied. The server is configured with this bucket, which therefore cannot be deleted.",
            fields: ["BucketName": name]
        )
    }

    /// A name that is taken by something other than a bucket of the client's.
    static func bucketAlreadyExists(_ name: String) -> S3Error {
        S3Error(
            "BucketAlreadyExists",
            409,
            "The requested bucket name is not available. Select a different name and try again.",
            fields: ["BucketName": name]
        )
    }

    /// A bucket that is there, outside of S3's first region.
    static func bucketAlreadyOwned(_ name: String) -> S3Error {
        S3Error(
            "BucketAlreadyOwnedByYou",
            409,
            "Your previous request to create the named bucket succeeded and you already own it.",
            fields: ["BucketName": name]
        )
    }

    /// A bucket that is wanted in another region than this one.
    static func illegalLocation(_ region: String) -> S3Error {
        S3Error(
            "IllegalLocationConstraintException",
            400,
            "The \(region) location constraint is incompatible for the region specific endpoint this request was sent "
                + "to."
        )
    }
}

// MARK: Settings that nobody made

extension S3Error {
    /// The bucket has no CORS configuration.
    static func noSuchCORS(_ bucket: String) -> S3Error {
        S3Error(
            "NoSuchCORSConfiguration",
            404,
            "The CORS configuration does not exist",
            fields: ["BucketName": bucket]
        )
    }

    /// The bucket has no setting of that kind.
    static func unset(_ code: String, _ message: String, bucket: String) -> S3Error {
        S3Error(code, 404, message, fields: ["BucketName": bucket])
    }

    /// Legal holds and retention need object lock, which no bucket here has.
    static let missingObjectLock = invalidRequest("Bucket is missing Object Lock Configuration")
}

// MARK: Versions

extension S3Error {
    /// A version that the object does not have: its only one is `null`.
    static func noSuchVersion(_ version: String, of key: String) -> S3Error {
        S3Error(
            "NoSuchVersion",
            404,
            "The specified version does not exist.",
            fields: ["Key": key, "VersionId": version]
        )
    }
}

// MARK: Forms

extension S3Error {
    /// A POST to a bucket that is neither a form nor any other operation.
    static let notAFormPost = preconditionFailed("Bucket POST must be of the enclosure-type multipart/form-data")
}
