/// Gets a provider's documents: the port behind which an HTTP client stands.
package protocol DocumentFetcher: Sendable {
    /// The body of a document.
    ///
    /// - Parameters:
    ///   - url: Where it is; redirects are not followed.
    ///   - limit: The most bytes it may have.
    /// - Returns: The body of an answer with status 200.
    /// - Throws: Everything else, within seconds.
    func fetch(_ url: String, upTo limit: Int) async throws -> [UInt8]
}
