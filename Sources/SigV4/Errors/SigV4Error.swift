/// Why a request was refused, in S3's words.
public struct SigV4Error: Error, Sendable, Equatable {
    /// What clients switch on.
    public let code: Code

    /// A sentence for people.
    public let message: String

    /// Further elements of the error answer, in the order S3 prints them.
    public let details: [Detail]

    /// Words a refusal.
    ///
    /// - Parameters:
    ///   - code: What clients switch on.
    ///   - message: A sentence for people.
    ///   - details: Further elements of the error answer.
    public init(_ code: Code, _ message: String, details: [Detail] = []) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// The HTTP status that goes with the code.
    public var status: Int { code.status }

    /// The value of the first detail with this name, `nil` when there is none.
    ///
    /// - Parameter name: The element's name, for example `HeadersNotSigned`.
    /// - Returns: The element's text.
    public func detail(_ name: String) -> String? {
        details.first { $0.name == name }?.value
    }

    /// One further element of the error answer.
    public struct Detail: Sendable, Equatable {
        /// The element's name, for example `HeadersNotSigned`.
        public let name: String

        /// The element's text, not yet escaped for XML.
        public let value: String

        /// Names a detail.
        ///
        /// - Parameters:
        ///   - name: The element's name.
        ///   - value: The element's text.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The error codes of S3 that a signature can earn.
    public enum Code: String, Sendable, CaseIterable {
        /// Expired, not yet valid, a header left unsigned, or no date to check.
        case accessDenied = "AccessDenied"
        /// A malformed or misplaced `Authorization` header.
        case authorizationHeaderMalformed = "AuthorizationHeaderMalformed"
        /// A malformed or misplaced presigned query.
        case authorizationQueryParametersError = "AuthorizationQueryParametersError"
        /// A temporary key that is out of date.
        case expiredToken = "ExpiredToken"
        /// An `aws-chunked` body that ends early, brings too much, or is not framed as it should be.
        case incompleteBody = "IncompleteBody"
        /// An access key that nobody knows, or a temporary one without its token.
        case invalidAccessKeyID = "InvalidAccessKeyId"
        /// Two ways to sign at once, or a header value that makes no sense.
        case invalidArgument = "InvalidArgument"
        /// A chunk that is too small, or whose size is no number.
        case invalidChunkSizeError = "InvalidChunkSizeError"
        /// Another signature version, or a required header that is missing.
        case invalidRequest = "InvalidRequest"
        /// A session token that is not the key's.
        case invalidToken = "InvalidToken"
        /// A target whose percent coding is broken.
        case invalidURI = "InvalidURI"
        /// Trailers other than the announced ones.
        case malformedTrailerError = "MalformedTrailerError"
        /// A header-signed request from another time.
        case requestTimeTooSkewed = "RequestTimeTooSkewed"
        /// Something signed is not what was sent, or the secret is another.
        case signatureDoesNotMatch = "SignatureDoesNotMatch"

        /// The HTTP status that goes with the code.
        public var status: Int {
            switch self {
            case .accessDenied, .invalidAccessKeyID, .requestTimeTooSkewed, .signatureDoesNotMatch: 403
            case .authorizationHeaderMalformed, .authorizationQueryParametersError, .expiredToken, .incompleteBody,
                .invalidArgument, .invalidChunkSizeError, .invalidRequest, .invalidToken, .invalidURI,
                .malformedTrailerError:
                400
            }
        }
    }
}
