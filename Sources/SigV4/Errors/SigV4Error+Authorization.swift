/// Refusals of how the signature is presented.
extension SigV4Error {
    /// Both an `Authorization` header and a presigned query.
    static let bothForms = SigV4Error(
        .invalidArgument,
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter "
            + "or the Authorization header should be specified",
        details: [Detail("ArgumentName", "Authorization")]
    )

    /// Signature version 2, or the asymmetric version 4A.
    static let otherSignatureVersion = SigV4Error(
        .invalidRequest,
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."
    )

    /// `Basic`, `Bearer` and the like; the value is not repeated, since it can be a password.
    static let otherAuthorizationType = SigV4Error(
        .invalidArgument,
        "Unsupported Authorization Type",
        details: [Detail("ArgumentName", "Authorization")]
    )

    /// Some of the six required parameters are missing.
    static let queryParametersMissing = SigV4Error(
        .authorizationQueryParametersError,
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
            + "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."
    )

    /// A parameter of the signature that is there twice.
    static func queryParameterRepeated(_ name: String) -> SigV4Error {
        SigV4Error(.authorizationQueryParametersError, "The query parameter \(name) must be given only once.")
    }

    /// An `X-Amz-Algorithm` other than ours.
    static let queryAlgorithm = SigV4Error(
        .authorizationQueryParametersError,
        "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\""
    )

    /// A credential that is malformed or meant for another day, region or service.
    static func queryCredential(_ what: String) -> SigV4Error {
        SigV4Error(.authorizationQueryParametersError, "Error parsing the X-Amz-Credential parameter; \(what)")
    }

    /// An `X-Amz-Date` that is none.
    static let queryDate = SigV4Error(
        .authorizationQueryParametersError,
        "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""
    )

    /// An `X-Amz-Expires` that is no whole number.
    static let expiresNotANumber = SigV4Error(.authorizationQueryParametersError, "X-Amz-Expires should be a number")

    /// An `X-Amz-Expires` below zero.
    static let expiresNegative = SigV4Error(.authorizationQueryParametersError, "X-Amz-Expires must be non-negative")

    /// An `X-Amz-Expires` above a week.
    static let expiresTooLarge = SigV4Error(
        .authorizationQueryParametersError,
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than "
            + "604800 seconds"
    )

    /// A part of the `Authorization` header that is missing, doubled, or unknown.
    static func headerMalformed(_ what: String, details: [Detail] = []) -> SigV4Error {
        SigV4Error(.authorizationHeaderMalformed, "The authorization header is malformed; \(what)", details: details)
    }

    /// Neither `x-amz-date` nor `Date` tells when the request was signed.
    static let headerDateMissing = SigV4Error(
        .accessDenied,
        "AWS authentication requires a valid Date or x-amz-date header"
    )

    /// A header-signed request that does not say what its body is.
    static let contentSHA256Missing = SigV4Error(
        .invalidRequest,
        "Missing required header for this request: x-amz-content-sha256"
    )

    /// An `x-amz-content-sha256` that is none of the known forms.
    static func contentSHA256Unknown(_ value: String) -> SigV4Error {
        SigV4Error(
            .invalidArgument,
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
                + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER "
                + "or a valid sha256 value.",
            details: [Detail("ArgumentName", "x-amz-content-sha256"), Detail("ArgumentValue", value)]
        )
    }

    /// A signature over more headers than any client sends.
    static func tooManySignedHeaders(_ form: VerifiedRequest.Form) -> SigV4Error {
        let code: Code = form == .query ? .authorizationQueryParametersError : .authorizationHeaderMalformed
        return SigV4Error(code, "SignedHeaders must not name more than \(SignatureClaim.maximumSignedHeaders) headers.")
    }

    /// A `%` in the target that is not followed by two hexadecimal digits.
    static let targetMalformed = SigV4Error(
        .invalidURI,
        "Couldn't parse the specified URI: a % is not followed by two hexadecimal digits."
    )
}
