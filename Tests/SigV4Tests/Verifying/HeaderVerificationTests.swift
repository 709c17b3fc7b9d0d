import HTTPTypes
import Testing

@testable import SigV4

@Suite("Verifying header-signed requests")
struct HeaderVerificationTests {
    @Test("accepts what botocore signed", arguments: RequestVector.headerSigned.cases + RequestVector.streaming.cases)
    func vector(_ vector: RequestVector) throws {
        let verified = try #require(try vector.verifier.verify(vector.request, at: .example))
        #expect(verified.form == .header)
        #expect(verified.payload.headerValue == vector.payload)
        #expect(verified.date == .example)
        #expect(verified.signedHeaders.isSuperset(of: ["host", "x-amz-date", "x-amz-content-sha256"]))
    }

    @Test("a mismatch says what we signed", arguments: RequestVector.headerSigned.cases)
    func explanation(_ vector: RequestVector) throws {
        var request = vector.request
        request.headers[.authorization]?.removeLast()
        let error = #expect(throws: SigV4Error.self) { try vector.verifier.verify(request, at: .example) }
        #expect(error?.code == .signatureDoesNotMatch)
        #expect(error?.detail("CanonicalRequest") == vector.canonicalRequest)
        #expect(error?.detail("StringToSign") == vector.stringToSign)
    }

    @Test("accepts the published requests", arguments: PublishedVector.headerSigned)
    func published(_ vector: PublishedVector) throws {
        #expect(try vector.verified() != nil)
    }

    @Test("refuses every signed header changed or left out", arguments: RequestVector.headerSigned.cases)
    func changedHeader(_ vector: RequestVector) throws {
        for field in vector.request.headers where !Self.unsigned.contains(field.name.canonicalName) {
            for value in [nil, "\(field.value)x"] {
                var request = vector.request
                request.headers[field.name] = value
                #expect(throws: SigV4Error.self, "\(field.name): \(value ?? "-")") {
                    try vector.verifier.verify(request, at: .example)
                }
            }
        }
    }

    @Test(
        "refuses every Authorization header with one byte changed",
        arguments: RequestVector.headerSigned.cases.prefix(4)
    )
    func changedAuthorization(_ vector: RequestVector) throws {
        let bytes = Array(try #require(vector.request.headers[.authorization]).utf8)
        let verifier = vector.verifier
        var request = vector.request
        for position in bytes.indices {
            var changed = bytes
            changed[position] = changed[position] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
            request.headers[.authorization] = String(decoding: changed, as: UTF8.self)
            let verified = try? verifier.verify(request, at: .example)
            #expect(verified == nil, "byte \(position)")
        }
    }

    @Test("blanks behind the commas may be missing")
    func compact() throws {
        let vector = try #require(RequestVector.headerSigned.cases.first)
        var request = vector.request
        request.headers[.authorization] = request.headers[.authorization].map { value in
            value.split(separator: ", ").joined(separator: ",")
        }
        #expect(try vector.verifier.verify(request, at: .example) != nil)
    }

    @Test("Date stands in for a missing x-amz-date", arguments: ["Thu, 02 Jan 2025 03:04:05 GMT", "20250102T030405Z"])
    func dateHeader(_ date: String) throws {
        let key = SigningKey(
            secret: RefusedRequest.signer.credentials.secretAccessKey,
            scope: CredentialScope(day: "20250102", region: "us-east-1", service: "s3")
        )
        let canonical = "GET\n/\n\ndate:\(date)\nhost:h\nx-amz-content-sha256:UNSIGNED-PAYLOAD\n\n"
        let names = "date;host;x-amz-content-sha256"
        let request = SignableRequest(method: .get, host: "h", target: "/")
        var signed = RefusedRequest.signer.sign(request, payload: .unsigned, at: .example)
        signed.headers[.amzDate] = nil
        signed.headers[.date] = date
        let seal = CanonicalRequest.Seal(
            signedHeaders: names,
            headerNames: names.split(separator: ";").map(String.init),
            payload: .unsigned
        )
        let built = CanonicalRequest(signed, path: ArraySlice("/".utf8), seal: seal) { _ in }
        #expect(String(decoding: built.bytes, as: UTF8.self) == "\(canonical)\(names)\nUNSIGNED-PAYLOAD")
        let scope = CredentialScope(day: "20250102", region: "us-east-1", service: "s3")
        let text = StringToSign.request(built, date: .example, scope: scope)
        let signature = String(decoding: key.signature(of: text), as: UTF8.self)
        signed.headers[.authorization] =
            "AWS4-HMAC-SHA256 Credential=AK/\(scope), SignedHeaders=\(names), Signature=\(signature)"
        #expect(try RefusedRequest.verifier.verify(signed, at: .example)?.date == .example)
    }

    @Test("several headers of one name are signed joined by commas")
    func repeatedHeader() throws {
        let name = try #require(HTTPField.Name("x-amz-meta-a"))
        var request = SignableRequest(method: .put, host: "h", target: "/b/k")
        request.headers[values: name] = ["one", "two"]
        var signed = RefusedRequest.signer.sign(request, payload: .unsigned, at: .example)
        #expect(try RefusedRequest.verifier.verify(signed, at: .example) != nil)
        signed.headers[values: name] = ["one,two"]
        #expect(try RefusedRequest.verifier.verify(signed, at: .example) != nil)
        signed.headers[values: name] = ["two", "one"]
        #expect(throws: SigV4Error.self) { try RefusedRequest.verifier.verify(signed, at: .example) }
    }

    @Test("header values that are not UTF-8 are signed as bytes")
    func latin1() throws {
        let name = try #require(HTTPField.Name("x-amz-meta-a"))
        var request = SignableRequest(method: .put, host: "h", target: "/b/k")
        request.headers.append(HTTPField(name: name, value: [0x66, 0xFC, 0x72]))
        var signed = RefusedRequest.signer.sign(request, payload: .unsigned, at: .example)
        #expect(try RefusedRequest.verifier.verify(signed, at: .example) != nil)
        signed.headers[fields: name] = [HTTPField(name: name, value: [0x66, 0xFD, 0x72])]
        #expect(throws: SigV4Error.self) { try RefusedRequest.verifier.verify(signed, at: .example) }
    }

    @Test("Host may come among the headers, but not twice")
    func hostHeader() throws {
        let name = try #require(HTTPField.Name("host"))
        let request = SignableRequest(method: .get, host: "h", target: "/")
        var signed = RefusedRequest.signer.sign(request, payload: .unsigned, at: .example)
        signed.headers[name] = "evil"
        #expect(throws: SigV4Error.self) { try RefusedRequest.verifier.verify(signed, at: .example) }
        signed.host = ""
        #expect(throws: SigV4Error.self) { try RefusedRequest.verifier.verify(signed, at: .example) }
        signed.headers[name] = "h"
        #expect(try RefusedRequest.verifier.verify(signed, at: .example) != nil)
    }

    private static let unsigned: Set<String> = ["authorization", "user-agent", "expect"]
}
