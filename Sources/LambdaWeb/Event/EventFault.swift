/// Why an event cannot become a request.
enum EventFault: Error, Equatable {
    /// It is not JSON.
    case notJSON(JSONError)
    /// It is JSON, but nothing that speaks HTTP has sent it; the word says what it looks like, where that shows.
    case notHTTP(looksLike: String?)
    /// A field is missing or holds something else than it should.
    case badField(path: String, expected: String)
    /// The event is larger than Lambda lets any be.
    case tooLarge(byteCount: Int, limit: Int)
    /// A body that must be binary was decoded as text: so often stands U+FFFD where bytes were.
    case mangledBody(mediaType: String, count: Int)
}
