import AWSTransport
import HTTPTypes
import NIOCore
import OpenIDConnect

/// Gets documents by the same HTTP client as everything else.
struct HTTPDocumentFetcher: DocumentFetcher {
    let http: any HTTPExchange

    /// Why there is no document.
    private struct NoDocument: Error, CustomStringConvertible {
        let description: String
    }

    func fetch(_ url: String, upTo limit: Int) async throws -> [UInt8] {
        let (address, target) = Self.split(url)
        guard let endpoint = AWSEndpoint(address) else { throw NoDocument(description: "it is no address") }
        let headers: HTTPFields = [.accept: "application/json"]
        let request = AWSHTTPRequest(.get, at: endpoint, target: target, headers: headers)
        let timeouts = AWSTimeouts(connect: .seconds(3), head: .seconds(5), idle: .seconds(5))
        return try await http.execute(request, timeouts: timeouts) { response in
            guard response.status == .ok else { throw NoDocument(description: "it answered \(response.status.code)") }
            return Array(try await response.collect(upTo: limit).readableBytesView)
        }
    }

    /// Scheme and authority, and what stands behind them.
    private static func split(_ url: String) -> (address: String, target: String) {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return (url, "/") }
        return (parts.prefix(3).joined(separator: "/"), "/\(parts[3])")
    }
}
