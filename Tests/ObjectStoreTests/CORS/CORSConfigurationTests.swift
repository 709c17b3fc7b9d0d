import HTTPTypes
import Testing

@testable import ObjectStore

@Suite("CORS rules")
struct CORSConfigurationTests {
    private func question(_ origin: String, _ method: String, _ headers: String? = nil) throws -> CORSQuestion {
        var request = HTTPRequest(method: .options, scheme: "http", authority: "h", path: "/b/k")
        request.headerFields[.origin] = origin
        request.headerFields[.accessControlRequestMethod] = method
        request.headerFields[.accessControlRequestHeaders] = headers
        return try #require(CORSQuestion(request))
    }

    private func configuration(_ rules: String) throws -> CORSConfiguration {
        try CORSConfiguration(xml: Array("<CORSConfiguration>\(rules)</CORSConfiguration>".utf8))
    }

    private static func rule(_ origin: String, _ method: String, _ more: String = "") -> String {
        "<CORSRule><AllowedOrigin>\(origin)</AllowedOrigin><AllowedMethod>\(method)</AllowedMethod>\(more)</CORSRule>"
    }

    @Test(
        "one star stands for any text, even none, and the rest is compared as it is",
        arguments: [
            ("*", "", true), ("*", "https://a.example", true), ("https://*.example", "https://a.example", true),
            ("https://*.example", "https://.example", true), ("https://*.example", "https://a.example/", false),
            ("https://*.example", "http://a.example", false), ("https://a.example", "https://a.example", true),
            ("https://a.example", "https://A.example", false), ("ab*ba", "aba", false), ("ab*ba", "abba", true),
            ("*end", "the end", true), ("start*", "start", true), ("", "", true), ("", "x", false),
        ]
    )
    func patterns(pattern: String, text: String, matches: Bool) throws {
        #expect(try #require(WildcardPattern(pattern)).matches(text) == matches)
    }

    @Test("the first rule that allows origin, method and every header decides")
    func firstMatch() throws {
        let rules = try configuration(
            Self.rule("https://a.example", "GET")
                + Self.rule("https://*.example", "PUT", "<AllowedHeader>x-amz-*</AllowedHeader>")
                + Self.rule("*", "PUT", "<AllowedHeader>*</AllowedHeader><MaxAgeSeconds>7</MaxAgeSeconds>")
        )
        let get = try #require(rules.answer(to: question("https://a.example", "GET")))
        #expect(get[.accessControlAllowOrigin] == "https://a.example")
        #expect(get[.accessControlAllowCredentials] == "true")
        #expect(get[.accessControlMaxAge] == nil)
        #expect(get[.accessControlAllowHeaders] == nil)
        #expect(get[.accessControlExposeHeaders] == nil)
        let second = try #require(rules.answer(to: question("https://a.example", "PUT", "X-Amz-Date,x-amz-ACL")))
        #expect(second[.accessControlAllowOrigin] == "https://a.example")
        #expect(second[.accessControlAllowHeaders] == "x-amz-date, x-amz-acl")
        let third = try #require(rules.answer(to: question("https://a.example", "PUT", "content-type")))
        #expect(third[.accessControlAllowOrigin] == "*")
        #expect(third[.accessControlAllowCredentials] == nil)
        #expect(third[.accessControlMaxAge] == "7")
        #expect(try rules.answer(to: question("https://b.example", "GET")) == nil)
        #expect(try rules.answer(to: question("https://a.example", "GET", "x-amz-date")) == nil)
        #expect(try rules.answer(to: question("https://a.example", "DELETE")) == nil)
    }

    @Test("header names are compared without regard to case on both sides")
    func headerCase() throws {
        let rules = try configuration(
            Self.rule("*", "PUT", "<AllowedHeader>X-AMZ-Meta-*</AllowedHeader><AllowedHeader>ETag</AllowedHeader>")
        )
        #expect(try rules.answer(to: question("o", "PUT", "x-amz-meta-A, eTAG")) != nil)
        #expect(try rules.answer(to: question("o", "PUT", "x-amz-meta-a, x-other")) == nil)
    }

    @Test("every element is read, and written again as it was")
    func roundTrip() throws {
        let more =
            "<ID>a &amp; b</ID><AllowedHeader>x-AMZ-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>"
            + "<MaxAgeSeconds>3000</MaxAgeSeconds>"
        let rules = try configuration(Self.rule("http://*.test.com:80", "HEAD", more) + Self.rule("", "GET"))
        let rule = try #require(rules.rules.first)
        #expect(rule.id == "a & b")
        #expect(rule.headers.map(\.text) == ["x-AMZ-*"])
        #expect(rule.exposedHeaders == ["ETag"])
        #expect(rule.maximumAgeSeconds == 3000)
        #expect(try CORSConfiguration(xml: Array(rules.xml.utf8)) == rules)
    }

    @Test(
        "what is not a list of rules is MalformedXML",
        arguments: [
            "", "x", "<CORSConfiguration/>", "<Other><CORSRule/></Other>",
            "<CORSConfiguration><CORSRule/></CORSConfiguration>",
            "<CORSConfiguration>text\(rule("*", "GET"))</CORSConfiguration>",
            "<CORSConfiguration><Rule/></CORSConfiguration>",
            "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>",
            "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>",
            "<CORSConfiguration>\(rule("*", "GET", "<Other>x</Other>"))</CORSConfiguration>",
            "<CORSConfiguration>\(rule("*", "GET", "<ID><x/></ID>"))</CORSConfiguration>",
            "<CORSConfiguration>\(rule("*", "GET", "<ID>a</ID><ID>b</ID>"))</CORSConfiguration>",
            "<CORSConfiguration>\(rule("*", "GET", "<MaxAgeSeconds>-1</MaxAgeSeconds>"))</CORSConfiguration>",
            "<CORSConfiguration>\(rule("*", "GET", "<MaxAgeSeconds>a</MaxAgeSeconds>"))</CORSConfiguration>",
            "<CORSConfiguration>\(rule("*", "GET", "<MaxAgeSeconds>2147483648</MaxAgeSeconds>"))</CORSConfiguration>",
        ]
    )
    func malformed(xml: String) {
        #expect(throws: S3Error.malformedXML) { try CORSConfiguration(xml: Array(xml.utf8)) }
    }

    @Test(
        "rules that S3 does not take are InvalidRequest, in its words",
        arguments: [
            (rule("*example*.com", "GET"), "AllowedOrigin \"*example*.com\" can not have more than one wildcard."),
            (
                rule("*", "GET", "<AllowedHeader>*a*</AllowedHeader>"),
                "AllowedHeader \"*a*\" can not have more than one wildcard."
            ),
            (rule("*", "PATCH"), "Found unsupported HTTP method in CORS config. Unsupported method is PATCH"),
            (rule("*", "OPTIONS"), "Found unsupported HTTP method in CORS config. Unsupported method is OPTIONS"),
            (rule("*", "get"), "Found unsupported HTTP method in CORS config. Unsupported method is get"),
            (rule("*", ""), "Found unsupported HTTP method in CORS config. Unsupported method is "),
            (
                rule("*", "GET", "<ExposeHeader>x-*</ExposeHeader>"),
                "ExposeHeader \"x-*\" contains wildcard. We currently do not support wildcard for ExposeHeader."
            ),
            (
                rule("*", "GET", "<ExposeHeader>a&#10;Set-Cookie: b</ExposeHeader>"),
                "ExposeHeader \"a\nSet-Cookie: b\" is not the name of a header."
            ),
            (
                rule("*", "GET", "<ID>\(String(repeating: "i", count: 256))</ID>"),
                "The ID of a CORS rule must not be longer than 255 characters."
            ),
            (
                String(repeating: rule("*", "GET"), count: 101),
                "The number of CORS rules should not exceed allowed limit of 100 rules."
            ),
        ]
    )
    func refused(rules: String, message: String) {
        #expect(throws: S3Error.invalidRequest(message)) { try configuration(rules) }
    }

    @Test("a hundred rules and an ID of 255 characters are taken")
    func limits() throws {
        let id = "<ID>\(String(repeating: "i", count: 255))</ID>"
        #expect(try configuration(String(repeating: Self.rule("*", "GET", id), count: 100)).rules.count == 100)
    }

    @Test("a request without an origin asks nothing; one without the preflight's headers asks about itself")
    func questions() {
        var request = HTTPRequest(method: .put, scheme: "http", authority: "h", path: "/b/k")
        #expect(CORSQuestion(request) == nil)
        request.headerFields[.origin] = "o"
        request.headerFields[.contentType] = "image/png"
        #expect(CORSQuestion(request)?.method == "PUT")
        #expect(CORSQuestion(request)?.headers == [])
        request.headerFields[.accessControlRequestMethod] = "GET"
        #expect(CORSQuestion(request)?.method == "GET")
    }
}
