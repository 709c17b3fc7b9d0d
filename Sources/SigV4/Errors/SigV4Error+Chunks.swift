/// Refusals of an `aws-chunked` body.
extension SigV4Error {
    /// A body that ends early, brings too much, or is not framed as it should be.
    static func incompleteBody(_ what: String) -> SigV4Error {
        SigV4Error(.incompleteBody, "The aws-chunked body is incomplete or malformed: \(what)")
    }

    /// A chunk header whose size is not hexadecimal or beyond 64 bits.
    static let chunkSizeMalformed = SigV4Error(
        .invalidChunkSizeError,
        "The size of a chunk must be a hexadecimal number of at most 63 bits."
    )

    /// A small chunk with more chunks behind it.
    static func chunkTooSmall(byteCount: Int64, minimum: Int64) -> SigV4Error {
        SigV4Error(
            .invalidChunkSizeError,
            "Only the last chunk is allowed to have a size less than \(minimum) bytes",
            details: [Detail("BadChunkSize", String(byteCount))]
        )
    }

    /// Trailers other than the announced ones, or not written as trailers.
    static func malformedTrailer(_ what: String) -> SigV4Error {
        SigV4Error(
            .malformedTrailerError,
            "The request contained trailing data that was not well-formed or did not conform to our published "
                + "schema: \(what)"
        )
    }

    /// A chunk or a trailer whose signature is another than the one calculated.
    static func chunkMismatch(stringToSign: [UInt8], provided: [UInt8]) -> SigV4Error {
        SigV4Error(
            .signatureDoesNotMatch,
            "The signature we calculated for a chunk of the body does not match the signature you provided.",
            details: [
                Detail("StringToSign", String(decoding: stringToSign, as: UTF8.self)),
                Detail("SignatureProvided", String(decoding: provided, as: UTF8.self)),
            ]
        )
    }
}
