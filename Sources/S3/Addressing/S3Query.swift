import SigV4

/// The query of a request, in the order it is sent, each name and value percent-encoded as SigV4 does.
struct S3Query: ExpressibleByDictionaryLiteral {
    /// The encoded parameters joined by `&`.
    private(set) var text = ""

    /// Starts with parameters in this order; those whose value is `nil` are left out.
    init(dictionaryLiteral elements: (String, String?)...) {
        for (name, value) in elements { append(name, value) }
    }

    /// Adds a parameter unless its value is `nil`; an empty value stands for a word alone, such as `uploads`.
    mutating func append(_ name: String, _ value: String?) {
        guard let value else { return }
        if !text.isEmpty { text += "&" }
        text += URICoding.encode(name, keepingSlash: false)
        if !value.isEmpty { text += "=" + URICoding.encode(value, keepingSlash: false) }
    }
}
