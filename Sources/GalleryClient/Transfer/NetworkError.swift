import AsyncHTTPClient
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension TransientFault {
    /// Says in words what kept a request from being answered; `nil` for an address that will never work.
    ///
    /// - Parameter error: What the HTTP client threw.
    init?(networkError error: any Error) {
        switch error {
        case let error as HTTPClientError:
            guard let words = Self.words(for: error) else { return nil }
            self.init(reason: words)
        case let error as NIOConnectionError:
            let refused = error.connectionErrors.lazy.compactMap { $0.error as? IOError }.first
            self.init(reason: refused.map(Self.words) ?? "no host \(error.host) is known here")
        case let error as IOError: self.init(reason: Self.words(for: error))
        default: self.init(reason: "no connection")
        }
    }

    private static func words(for error: HTTPClientError) -> String? {
        switch error {
        case .invalidURL, .emptyHost, .emptyScheme: nil
        case .connectTimeout: "no connection in time"
        case .deadlineExceeded, .readTimeout, .getConnectionFromPoolTimeout: "no answer in time"
        case .remoteConnectionClosed: "the connection was cut"
        default: error.isUnsupportedScheme ? nil : "the connection failed: \(error.shortDescription)"
        }
    }

    private static func words(for error: IOError) -> String {
        unsafe String(cString: strerror(error.errnoCode))
    }
}

extension HTTPClientError {
    fileprivate var isUnsupportedScheme: Bool { shortDescription.hasPrefix("Unsupported scheme") }
}
