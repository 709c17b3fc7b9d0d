/// Refusals of how a POST policy is signed; S3 answers those of a form's fields with `InvalidArgument`.
extension SigV4Error {
    /// A field of the signature that the form does not have, or has behind the file.
    static func policyFieldMissing(_ name: String) -> SigV4Error {
        SigV4Error(
            .invalidArgument,
            "Bucket POST must contain a field named '\(name)'.  If it is specified, please check the order of the "
                + "fields.",
            details: [Detail("ArgumentName", name), Detail("ArgumentValue", "")]
        )
    }

    /// An `x-amz-algorithm` other than ours.
    static func policyAlgorithm(_ value: String) -> SigV4Error {
        SigV4Error(
            .invalidArgument,
            "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"",
            details: [Detail("ArgumentName", "X-Amz-Algorithm"), Detail("ArgumentValue", value)]
        )
    }

    /// A credential that is malformed or meant for another day, region or service.
    static func policyCredential(_ value: String, _ what: String) -> SigV4Error {
        SigV4Error(
            .invalidArgument,
            what,
            details: [Detail("ArgumentName", "X-Amz-Credential"), Detail("ArgumentValue", value)]
        )
    }

    /// An `x-amz-date` that is none.
    static func policyDate(_ value: String) -> SigV4Error {
        SigV4Error(
            .invalidArgument,
            "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
            details: [Detail("ArgumentName", "X-Amz-Date"), Detail("ArgumentValue", value)]
        )
    }

    /// Another policy than the one that was signed, or another secret.
    static func policyMismatch(accessKeyID: String, stringToSign: [UInt8], signature: String) -> SigV4Error {
        SigV4Error(
            .signatureDoesNotMatch,
            "The request signature we calculated does not match the signature you provided. "
                + "Check your key and signing method.",
            details: [
                Detail("AWSAccessKeyId", accessKeyID),
                Detail("StringToSign", String(decoding: stringToSign, as: UTF8.self)),
                Detail("SignatureProvided", signature),
                Detail("StringToSignBytes", Hex.spaced(stringToSign)),
            ]
        )
    }
}
