import HTTPTypes
import Testing

@testable import SigV4

@Suite("Hostile requests")
struct HostileRequestTests {
    @Test("random changes of presigned targets never trap and never verify as something else", arguments: 0..<4)
    func targets(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for vector in PresignVector.file.cases {
            let (verifier, original) = (vector.verifier, vector.request)
            for _ in 0..<25 {
                var request = original
                request.target = Self.mutated(request.target, by: &random)
                guard (try? verifier.verify(request, at: PresignVector.date)) != nil else { continue }
                #expect(Self.meaning(request.target) == Self.meaning(original.target))
            }
        }
    }

    @Test("random changes of Authorization headers never trap and never verify as something else", arguments: 0..<4)
    func authorization(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for vector in RequestVector.headerSigned.cases {
            let (verifier, original) = (vector.verifier, vector.request)
            for _ in 0..<40 {
                var request = original
                let value = try #require(request.headers[.authorization])
                request.headers[.authorization] = Self.mutated(value, by: &random)
                guard let verified = try? verifier.verify(request, at: .example) else { continue }
                #expect(verified.date == .example)
                #expect(verified.payload.headerValue == vector.payload)
            }
        }
    }

    @Test(
        "targets nobody sends",
        arguments: [
            "", "?", "%", "*", "??", "/?&&&&", "/?=", "/?==&=", "//", "/?%", "/?X-Amz-Signature", "/?X-Amz-Signature=",
            "/?X-Amz-Algorithm=%", "/?X-Amz-Credential=%2F%2F%2F%2F", "http://h/b?X-Amz-Signature=x",
            "/\u{0}?\u{0}=\u{0}", "/?X-Amz-Date=\u{FFFD}&X-Amz-Signature=😀", "/#?X-Amz-Expires=-",
        ]
    )
    func oddTargets(_ target: String) {
        let request = SignableRequest(method: .get, host: "", target: target)
        let verified = try? RefusedRequest.verifier.verify(request, at: .example)
        #expect(verified == nil)
    }

    @Test("a verifier at the ends of time refuses without trapping", arguments: [Int64.min, -1, 0, Int64.max])
    func endsOfTime(_ seconds: Int64) {
        let now = SigningDate(secondsSince1970: seconds)
        #expect(RefusedRequest.error(of: RefusedRequest.signed, at: now)?.code == .requestTimeTooSkewed)
    }

    @Test("ten thousand headers and parameters are only slow, not wrong")
    func many() {
        var request = RefusedRequest.signed
        for number in 0..<10_000 {
            if let name = HTTPField.Name("h\(number)") { request.headers.append(HTTPField(name: name, value: "x")) }
        }
        #expect(RefusedRequest.error(of: request) == nil)
        request.target += String(repeating: "&a=b", count: 10_000)
        #expect(RefusedRequest.error(of: request)?.code == .signatureDoesNotMatch)
    }

    /// One to three bytes replaced, removed, doubled or put in.
    private static func mutated(_ text: String, by random: inout SeededGenerator) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard let position = bytes.indices.randomElement(using: &random) else { break }
            let letters = Array("%&=;/?+ 0aZ,-~\u{7F}\u{0}é".utf8)
            let byte = letters.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[position] = byte
            case 1: bytes.remove(at: position)
            case 2: bytes.insert(bytes[position], at: position)
            default: bytes.insert(byte, at: position)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a target says, whatever its spelling: decoded path, sorted decoded parameters.
    private static func meaning(_ target: String) -> [String] {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = URICoding.decode(parts[0]).map { String(describing: $0) } ?? "malformed"
        return [path] + RawQuery(parts.count > 1 ? parts[1] : "").items.map { "\($0.name)=\($0.value)" }.sorted()
    }
}
