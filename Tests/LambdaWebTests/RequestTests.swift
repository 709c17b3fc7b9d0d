import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import LambdaWeb

@Suite("From event to request")
struct RequestTests {
    @Test("each kind is told by its marks")
    func kinds() throws {
        let kinds = try Events.all.map { try WebEvent(parsing: json($0.event)).kind }
        #expect(
            kinds == [
                .restAPI, .httpAPI, .functionURL, .loadBalancer(multiValue: false), .loadBalancer(multiValue: true),
            ]
        )
    }

    @Test("method, path, authority and scheme come from where each kind has them")
    func heads() throws {
        for (name, event) in Events.all {
            let head = try EventBench.request(event).head
            #expect(head.method == .get && head.path == "/gallery", "\(name)")
            #expect(head.authority?.isEmpty == false && head.headerFields[.init("Host")!] == nil, "\(name)")
            #expect(head.scheme == (name.hasPrefix("balancer") ? "http" : "https"), "\(name)")
        }
    }

    @Test("the address is the one that the front saw, not what a client wrote")
    func addresses() throws {
        let found = try Events.all.map { try WebEvent(parsing: json($0.event)).clientAddress() }
        #expect(found == ["192.0.2.7", "192.0.2.8", "2001:db8::9", "192.0.2.10", "192.0.2.10"])
    }

    @Test("what is null or missing is no error")
    func lenient() throws {
        let bare: [[String: Any]] = [
            ["httpMethod": "GET", "path": "/"],
            ["version": "2.0", "rawPath": "/", "requestContext": ["http": ["method": "GET"]]],
            ["requestContext": ["elb": [String: Any]()], "httpMethod": "GET", "path": "/"],
            Events.rest(["path": "/", "headers": NSNull(), "multiValueHeaders": NSNull(), "requestContext": NSNull()]),
            Events.http(["rawPath": "/", "rawQueryString": NSNull(), "cookies": NSNull(), "body": NSNull()]),
        ]
        for event in bare { #expect(try EventBench.request(event).head.path == "/") }
    }

    @Test(
        "the path of an HTTP API, which came decoded, is encoded again",
        arguments: [
            ("/a b", "/a%20b"), ("/100%", "/100%25"), ("/a%20b", "/a%2520b"), ("/ä😀", "/%C3%A4%F0%9F%98%80"),
            ("/a+b", "/a+b"), ("/a#b?c", "/a%23b%3Fc"), ("/a\"<>\\^`{|}", "/a%22%3C%3E%5C%5E%60%7B%7C%7D"),
            ("", "/"), ("a", "/a"), ("/a:@!$&'()*,;=-._~b", "/a:@!$&'()*,;=-._~b"), ("/\u{0}\r\n", "/%00%0D%0A"),
        ]
    )
    func decodedPaths(raw: String, path: String) throws {
        #expect(try EventBench.request(Events.http(["rawPath": raw])).head.path == path)
    }

    @Test(
        "the path of all others, which came encoded, stays; only what is no path is mended",
        arguments: [
            ("/a%20b", "/a%20b"), ("/100%25", "/100%25"), ("/a b\r\n", "/a%20b%0D%0A"), ("/a?b#c", "/a%3Fb%23c"),
        ]
    )
    func encodedPaths(raw: String, path: String) throws {
        #expect(try EventBench.request(Events.rest(["path": raw])).head.path == path)
        #expect(try EventBench.request(Events.url(["rawPath": raw])).head.path == path)
        #expect(try EventBench.request(Events.balancer(["path": raw])).head.path == path)
    }

    @Test("a stage before the path is taken away, but never `$default`, half a word, or a REST API's")
    func stages() throws {
        func path(_ raw: String, stage: String) throws -> String? {
            try EventBench.request(Events.http(["rawPath": raw], stage: stage)).head.path
        }
        #expect(try path("/prod/gallery", stage: "prod") == "/gallery")
        #expect(try path("/prod", stage: "prod") == "/")
        #expect(try path("/prod/", stage: "prod") == "/")
        #expect(try path("/production", stage: "prod") == "/production")
        #expect(try path("/gallery", stage: "prod") == "/gallery")
        #expect(try path("/prod/prod/x", stage: "prod") == "/prod/x")
        #expect(try path("/$default/x", stage: "$default") == "/$default/x")
        #expect(try EventBench.request(Events.rest(["path": "/prod/x"])).head.path == "/prod/x")
        let first = Events.rest(["version": "1.0", "path": "/prod/x"])
        #expect(try EventBench.request(first).head.path == "/x")
    }

    @Test("queries: decoded ones are encoded again, with all values of a name; others stay")
    func queries() throws {
        func path(_ event: [String: Any]) throws -> String? { try EventBench.request(event).head.path }
        let lists = [
            "multiValueQueryStringParameters": ["k&=": ["a b", "ü+%", ""]], "queryStringParameters": ["k&=": ""],
        ]
        #expect(try path(Events.rest(lists)) == "/gallery?k%26%3D=a%20b&k%26%3D=%C3%BC%2B%25&k%26%3D=")
        #expect(try path(Events.rest(["queryStringParameters": ["a": "1"]])) == "/gallery?a=1")
        let raw = "a=1&a=2&b=%20+&c"
        #expect(try path(Events.http(["rawQueryString": raw])) == "/gallery?" + raw)
        #expect(try path(Events.http(["rawQueryString": "a=b c#d\u{1}"])) == "/gallery?a=b%20c%23d%01")
        #expect(try path(Events.balancer(["queryStringParameters": ["a": "%20+"]])) == "/gallery?a=%20+")
        let balancer = Events.balancer(["multiValueQueryStringParameters": ["a": ["1", "%2F"]]], multiValue: true)
        #expect(try path(balancer) == "/gallery?a=1&a=%2F")
    }

    @Test("repeated headers stay repeated, and no value is split at its commas")
    func headers() throws {
        let date = "Sun, 22 Nov 2026 19:00:00 GMT"
        let rest = Events.rest([
            "multiValueHeaders": ["Accept": ["text/html", "image/*"], "If-Modified-Since": [date]],
            "headers": ["accept": "image/*", "X-Only-Here": "1"],
        ])
        let first = try EventBench.request(rest).headers
        #expect(first[values: .accept] == ["text/html", "image/*"] && first[.ifModifiedSince] == date)
        #expect(first[.init("X-Only-Here")!] == "1")
        let second = try EventBench.request(Events.http(["headers": ["if-modified-since": date, "accept": "a/b,c/d"]]))
        #expect(second.headers[values: .ifModifiedSince] == [date])
        #expect(second.headers[values: .accept] == ["a/b,c/d"])
    }

    @Test("cookies are one field, wherever they were")
    func cookies() throws {
        let second = try EventBench.request(Events.http(["cookies": ["a=1", "b=x,y"]]))
        #expect(second.headers[values: .cookie] == ["a=1; b=x,y"])
        let first = try EventBench.request(Events.rest(["multiValueHeaders": ["Cookie": ["a=1; b=2"]]]))
        #expect(first.headers[.cookie] == "a=1; b=2")
    }

    @Test("fields of the connection are dropped, and the length is the body's")
    func lengths() throws {
        let headers = ["content-length": "99", "transfer-encoding": "chunked", "connection": "close", "expect": "x"]
        let empty = try EventBench.request(Events.http(["headers": headers]))
        #expect(empty.headers.isEmpty)
        let full = try EventBench.request(Events.http(["headers": headers, "body": "äb"]))
        #expect(full.headers[.contentLength] == "3")
    }

    @Test("bodies come as they were: text, text with escapes, base64")
    func bodies() async throws {
        for (body, isBase64, expected) in [
            ("plain", false, Array("plain".utf8)), ("\"q\"\n\\é😀", false, Array("\"q\"\n\\é😀".utf8)),
            ("/9j/4AAQ", true, [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10]), ("", true, []), ("AAE", true, [0, 1]),
        ] {
            let event = Events.http(["body": body, "isBase64Encoded": isBase64], method: "POST")
            let found = try await EventBench.request(event).body.collect(upTo: 100)
            #expect(Array(found.readableBytesView) == expected)
        }
    }

    private func json(_ event: [String: Any]) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: event))
    }
}
