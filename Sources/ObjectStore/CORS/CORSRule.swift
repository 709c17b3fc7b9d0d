/// Which pages may talk to a bucket from a browser, and how.
///
/// Source: AWS, "Elements of a CORS configuration".
struct CORSRule: Sendable, Equatable {
    /// The rule's name, for people.
    var id: String?
    /// From where pages may come: `https://page.example`, `https://*.example`, or `*`.
    var origins: [WildcardPattern]
    /// The methods that pages may use.
    var methods: [String]
    /// The request headers that pages may send, as they were written; compared without regard to case.
    var headers: [WildcardPattern] = []
    /// The response headers that pages may read.
    var exposedHeaders: [String] = []
    /// How long a browser may remember a preflight's answer, in seconds.
    var maximumAgeSeconds: Int?

    /// The methods that a rule may name.
    static let knownMethods = ["GET", "PUT", "POST", "DELETE", "HEAD"]

    /// Whether the rule allows what a page asks for: its origin, its method and every one of its headers.
    func allows(_ question: CORSQuestion) -> Bool {
        methods.contains(question.method)
            && origins.contains { $0.matches(question.origin) }
            && question.headers.allSatisfy { name in headers.contains { $0.lowercased.matches(name) } }
    }
}

extension WildcardPattern {
    /// The pattern in lower case.
    fileprivate var lowercased: WildcardPattern { WildcardPattern(text.lowercased()) ?? self }
}
