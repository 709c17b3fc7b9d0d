/// Refusals of a well-formed signature: the wrong time, key, token, headers, or secret.
extension SigV4Error {
    /// A presigned request after its end.
    static func expired(date: SigningDate, expiresInSeconds: Int, now: SigningDate) -> SigV4Error {
        SigV4Error(
            .accessDenied,
            "Request has expired",
            details: [
                Detail("X-Amz-Expires", String(expiresInSeconds)),
                Detail("Expires", date.adding(seconds: Int64(expiresInSeconds)).iso8601),
                Detail("ServerTime", now.iso8601),
            ]
        )
    }

    /// A presigned request dated too far ahead.
    static let notYetValid = SigV4Error(.accessDenied, "Request is not valid yet")

    /// A header-signed request from another time.
    static func skewed(date: SigningDate, now: SigningDate, maximumSeconds: Int) -> SigV4Error {
        SigV4Error(
            .requestTimeTooSkewed,
            "The difference between the request time and the current time is too large.",
            details: [
                Detail("RequestTime", date.basic),
                Detail("ServerTime", now.iso8601),
                Detail("MaxAllowedSkewMilliseconds", String(maximumSeconds * 1000)),
            ]
        )
    }

    /// An access key nobody knows.
    static func unknownKey(_ accessKeyID: String) -> SigV4Error {
        SigV4Error(
            .invalidAccessKeyID,
            "The AWS Access Key Id you provided does not exist in our records.",
            details: [Detail("AWSAccessKeyId", accessKeyID)]
        )
    }

    /// A session token that is not the key's.
    static let wrongToken = SigV4Error(.invalidToken, "The provided token is malformed or otherwise invalid.")

    /// A temporary key that is out of date.
    static let expiredToken = SigV4Error(.expiredToken, "The provided token has expired.")

    /// Headers that must be signed and are not.
    static func headersNotSigned(_ names: [String]) -> SigV4Error {
        SigV4Error(
            .accessDenied,
            "There were headers present in the request which were not signed",
            details: [Detail("HeadersNotSigned", names.joined(separator: ", "))]
        )
    }

    /// Something signed differs from what was sent; says what we signed, so that client bugs can be found.
    static func mismatch(claim: SignatureClaim, stringToSign: [UInt8], canonicalRequest: [UInt8]) -> SigV4Error {
        SigV4Error(
            .signatureDoesNotMatch,
            "The request signature we calculated does not match the signature you provided. "
                + "Check your key and signing method.",
            details: [
                Detail("AWSAccessKeyId", claim.credential.accessKeyID),
                Detail("StringToSign", String(decoding: stringToSign, as: UTF8.self)),
                Detail("SignatureProvided", claim.signature),
                Detail("StringToSignBytes", Hex.spaced(stringToSign)),
                Detail("CanonicalRequest", String(decoding: canonicalRequest, as: UTF8.self)),
                Detail("CanonicalRequestBytes", Hex.spaced(canonicalRequest)),
            ]
        )
    }
}
