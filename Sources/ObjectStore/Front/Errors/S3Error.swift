import HTTPTypes

/// A refusal in S3's words: code, status, message, and the extra elements and headers that go with the code.
///
/// Clients switch on `code`; the message is for people. The whole list of refusals is in `S3Error+Reasons.swift`.
struct S3Error: Error, Sendable, Equatable {
    /// One extra element of the error document, such as `<Key>cat.jpg</Key>`.
    struct Field: Sendable, Equatable {
        /// The element's name, such as `Key`.
        let name: String
        /// The element's text, not yet escaped.
        let value: String
    }

    /// S3's error code, such as `NoSuchKey`.
    let code: String
    /// The HTTP status that belongs to the code.
    let status: HTTPResponse.Status
    /// What was wrong, in a sentence or two, with the way out where there is one.
    let message: String
    /// Extra elements, in the order they are written.
    let fields: [Field]
    /// Extra response headers, such as `content-range` for `InvalidRange`.
    let headers: HTTPFields

    /// Creates a refusal.
    /// - Parameters:
    ///   - code: S3's error code.
    ///   - status: The HTTP status as a number.
    ///   - message: What was wrong, for people.
    ///   - fields: Extra elements as name and text; order is kept.
    init(_ code: String, _ status: Int, _ message: String, fields: KeyValuePairs<String, String> = [:]) {
        self.code = code
        self.status = HTTPResponse.Status(code: status)
        self.message = message
        self.fields = fields.map { Field(name: $0.key, value: $0.value) }
        self.headers = [:]
    }

    private init(copying error: S3Error, fields: [Field], headers: HTTPFields) {
        self.code = error.code
        self.status = error.status
        self.message = error.message
        self.fields = fields
        self.headers = headers
    }

    /// The same refusal with more elements.
    func adding(_ more: [Field]) -> S3Error {
        S3Error(copying: self, fields: fields + more, headers: headers)
    }

    /// The same refusal with one more response header.
    func answering(_ name: HTTPField.Name, _ value: String) -> S3Error {
        var headers = headers
        headers[name] = value
        return S3Error(copying: self, fields: fields, headers: headers)
    }
}
