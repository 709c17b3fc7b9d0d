import AsyncHTTPClient

extension AWSError {
    /// What the HTTP client reports, in our words.
    ///
    /// - Parameter error: An error of the client, of NIO, or of the system.
    init(line error: any Error) {
        switch error {
        case let error as AWSError:
            self = error
        case is CancellationError:
            self.init(.cancelled, "The request was cancelled.")
        case let error as HTTPClientError:
            self.init(Self.kind(of: error), error.description)
        default:
            self.init(.transport, "\(error)")
        }
    }

    private static func kind(of error: HTTPClientError) -> Kind {
        switch error {
        case .cancelled, .requestStreamCancelled: .cancelled
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .deadlineExceeded, .readTimeout,
            .writeTimeout:
            .timeout
        case .bodyLengthMismatch, .invalidURL, .emptyHost, .traceRequestWithBody: .badRequest
        default: .transport
        }
    }
}
