import HTTPTypes

/// The CORS rules of a bucket: the first one that allows what a page asks for decides the answer's headers.
struct CORSConfiguration: Sendable, Equatable {
    /// The rules, in the order in which they are tried; 1 to 100.
    var rules: [CORSRule]

    /// The most rules of a bucket.
    static let maximumRuleCount = 100

    /// The first configuration of the buckets that the server is set up with: pages of every origin.
    ///
    /// What a request may do is decided by its signature alone, and no cookie counts.
    static let anyOrigin: CORSConfiguration = {
        let anything = [WildcardPattern("*")].compactMap(\.self)
        let exposed = ["ETag", "x-amz-checksum-sha256", "x-amz-request-id", "x-amz-version-id", "content-range"]
        return CORSConfiguration(rules: [
            CORSRule(
                origins: anything,
                methods: CORSRule.knownMethods,
                headers: anything,
                exposedHeaders: exposed,
                maximumAgeSeconds: 3000
            )
        ])
    }()

    private static let vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"

    /// The headers that let a page read the answer; `nil` when no rule allows what it asks for.
    ///
    /// They are the same for a preflight and for the request itself. A rule that names the origin also lets its pages
    /// send credentials; one for any origin does not, for browsers would refuse that.
    func answer(to question: CORSQuestion) -> HTTPFields? {
        guard let rule = rules.first(where: { $0.allows(question) }) else { return nil }
        let isForAny = rule.origins.first { $0.matches(question.origin) }?.text == "*"
        var headers: HTTPFields = [
            .accessControlAllowOrigin: isForAny ? "*" : question.origin,
            .accessControlAllowMethods: rule.methods.joined(separator: ", "),
            .vary: Self.vary,
        ]
        if !isForAny { headers[.accessControlAllowCredentials] = "true" }
        if !question.headers.isEmpty {
            headers[.accessControlAllowHeaders] = question.headers.joined(separator: ", ")
        }
        if !rule.exposedHeaders.isEmpty {
            headers[.accessControlExposeHeaders] = rule.exposedHeaders.joined(separator: ", ")
        }
        headers[.accessControlMaxAge] = rule.maximumAgeSeconds.map(String.init)
        return headers
    }
}
