import HTTPTypes
import Testing

@testable import SigV4

@Suite("Verifying presigned requests")
struct PresignedVerificationTests {
    @Test("accepts what botocore signed, until it expires", arguments: PresignVector.file.cases)
    func vector(_ vector: PresignVector) throws {
        let verified = try #require(try vector.verifier.verify(vector.request, at: PresignVector.date))
        #expect(verified.form == .query)
        #expect(verified.payload == .unsigned)
        #expect(verified.accessKeyID == vector.credentials.accessKeyID)
        #expect(verified.signedHeaders == Set(vector.headers.keys))
        #expect(verified.date == PresignVector.date)
        #expect(verified.scope.description == "20250102/\(vector.region)/s3/aws4_request")

        let lastSecond = PresignVector.date.adding(seconds: 900)
        #expect(try vector.verifier.verify(vector.request, at: lastSecond) != nil)
        let error = #expect(throws: SigV4Error.self) {
            try vector.verifier.verify(vector.request, at: lastSecond.adding(seconds: 1))
        }
        #expect(error?.code == .accessDenied)
        #expect(error?.message == "Request has expired")
        #expect(error?.detail("X-Amz-Expires") == "900")
        #expect(error?.detail("Expires") == "2025-01-02T03:19:05Z")
        #expect(error?.detail("ServerTime") == "2025-01-02T03:19:06Z")
    }

    @Test("refuses every target with one byte changed", arguments: PresignVector.file.cases)
    func changedTarget(_ vector: PresignVector) throws {
        let bytes = Array(vector.request.target.utf8)
        let verifier = vector.verifier
        var request = vector.request
        for position in bytes.indices {
            var changed = bytes
            changed[position] = changed[position] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
            request.target = String(decoding: changed, as: UTF8.self)
            let verified = try? verifier.verify(request, at: PresignVector.date)
            #expect(verified == nil, "byte \(position) of \(request.target)")
        }
    }

    @Test("refuses every signed header changed, left out, or sent twice", arguments: PresignVector.file.cases)
    func changedHeader(_ vector: PresignVector) throws {
        for field in vector.request.headers {
            for values in [[], ["\(field.value)x"], [field.value, field.value]] {
                var request = vector.request
                request.headers[values: field.name] = values
                let error = #expect(throws: SigV4Error.self) {
                    try vector.verifier.verify(request, at: PresignVector.date)
                }
                #expect(error?.code == .signatureDoesNotMatch)
            }
        }
    }

    @Test("refuses another host, method or secret", arguments: PresignVector.file.cases)
    func changedRest(_ vector: PresignVector) throws {
        var otherHost = vector.request
        otherHost.host += "0"
        var noHost = vector.request
        noHost.host = ""
        var otherMethod = vector.request
        otherMethod.method = .options
        for request in [otherHost, noHost, otherMethod] {
            let error = #expect(throws: SigV4Error.self) {
                try vector.verifier.verify(request, at: PresignVector.date)
            }
            #expect(error?.code == .signatureDoesNotMatch)
        }
        let otherSecret = Verifier(region: vector.region) { id in
            Credentials(accessKeyID: id, secretAccessKey: Secret("other"), sessionToken: vector.sessionToken)
        }
        let error = #expect(throws: SigV4Error.self) {
            try otherSecret.verify(vector.request, at: PresignVector.date)
        }
        #expect(error?.code == .signatureDoesNotMatch)
    }

    @Test("a mismatch says what we signed", arguments: PresignVector.file.cases)
    func explanation(_ vector: PresignVector) throws {
        var request = vector.request
        request.target.removeLast()
        let error = #expect(throws: SigV4Error.self) {
            try vector.verifier.verify(request, at: PresignVector.date)
        }
        #expect(error?.detail("CanonicalRequest") == vector.canonicalRequest)
        #expect(error?.detail("StringToSign") == vector.stringToSign)
        #expect(error?.detail("SignatureProvided") == String(vector.signature.dropLast()))
        #expect(error?.detail("AWSAccessKeyId") == vector.credentials.accessKeyID)
        #expect(error?.detail("StringToSignBytes")?.hasPrefix("41 57 53 34 2d 48") == true)
        let count = try #require(error?.detail("CanonicalRequestBytes")).split(separator: " ").count
        #expect(count == vector.canonicalRequest.utf8.count)
    }

    @Test("accepts parameters in any order and lower-case escapes", arguments: PresignVector.file.cases)
    func spelling(_ vector: PresignVector) throws {
        var request = vector.request
        let parts = request.target.split(separator: "?", maxSplits: 1)
        let reversed = parts[1].split(separator: "&").reversed().joined(separator: "&")
        request.target = parts[0] + "?" + reversed.replacingEscapes { $0.lowercased() }
        #expect(try vector.verifier.verify(request, at: PresignVector.date) != nil)
    }

    @Test("a client whose clock is ahead is accepted up to the skew, then refused")
    func ahead() throws {
        let vector = try #require(PresignVector.file.cases.first)
        #expect(try vector.verifier.verify(vector.request, at: PresignVector.date.adding(seconds: -900)) != nil)
        let error = #expect(throws: SigV4Error.self) {
            try vector.verifier.verify(vector.request, at: PresignVector.date.adding(seconds: -901))
        }
        #expect(error == .notYetValid)
        #expect(error?.message == "Request is not valid yet")
    }
}

extension String {
    /// The text with each `%XX` passed through a closure.
    fileprivate func replacingEscapes(_ transform: (Substring) -> String) -> String {
        var result = ""
        var rest = self[...]
        while let mark = rest.firstIndex(of: "%") {
            result += rest[..<mark]
            rest = rest[mark...]
            result += transform(rest.prefix(3))
            rest = rest.dropFirst(3)
        }
        return result + rest
    }
}
