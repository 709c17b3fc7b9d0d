import HTTPTypes
import Testing

@testable import SigV4

@Suite("Canonical requests")
struct CanonicalRequestTests {
    @Test("an empty path counts as /", arguments: ["", "?"])
    func emptyPath(_ target: String) {
        #expect(canonical(target: target) == "GET\n/\n\nhost:h\n\nhost\nUNSIGNED-PAYLOAD")
    }

    @Test("values lose the blanks around them and keep one of each run inside")
    func blanks() throws {
        let name = try #require(HTTPField.Name("x-a"))
        for value in ["one two", "  one  two ", "\tone \t two\t", "one\ttwo"] {
            let field = HTTPField(name: name, lenientValue: Array(value.utf8))
            let text = canonical(headers: HTTPFields([field]), names: ["host", "x-a"])
            #expect(text == "GET\n/\n\nhost:h\nx-a:one two\n\nhost;x-a\nUNSIGNED-PAYLOAD")
        }
    }

    @Test("a signed header that is missing leaves its line empty")
    func missing() {
        #expect(canonical(names: ["host", "x-a"]) == "GET\n/\n\nhost:h\nx-a:\n\nhost;x-a\nUNSIGNED-PAYLOAD")
    }

    @Test("a path is malformed if a % starts no escape", arguments: [("/%41", true), ("/%4", false), ("%", false)])
    func wellFormed(_ path: String, _ expected: Bool) {
        let request = SignableRequest(method: .get, host: "h", target: path)
        let seal = CanonicalRequest.Seal(signedHeaders: "host", headerNames: ["host"], payload: .unsigned)
        let built = CanonicalRequest(request, path: ArraySlice(path.utf8), seal: seal) { _ in }
        #expect(built.isWellFormed == expected)
    }

    private func canonical(target: String = "/", headers: HTTPFields = [:], names: [String] = ["host"]) -> String {
        let request = SignableRequest(method: .get, host: "h", target: target, headers: headers)
        let seal = CanonicalRequest.Seal(
            signedHeaders: names.joined(separator: ";"),
            headerNames: names,
            payload: .unsigned
        )
        let parts = RequestTarget(target)
        let built = CanonicalRequest(request, path: parts.path, seal: seal) { bytes in
            CanonicalQuery(parts.query).write(to: &bytes)
        }
        return String(decoding: built.bytes, as: UTF8.self)
    }
}
