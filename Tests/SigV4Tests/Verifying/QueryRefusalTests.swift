import HTTPTypes
import Testing

@testable import SigV4

@Suite("Refusing presigned requests")
struct QueryRefusalTests {
    @Test(
        "each of the six parameters is needed",
        arguments: ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"]
    )
    func missing(_ name: String) {
        let target = Self.target.removing("X-Amz-\(name)")
        #expect(refusal(target) == .queryParametersMissing)
    }

    @Test(
        "none of them may come twice, even with the same value",
        arguments: ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature", "Security-Token"]
    )
    func repeated(_ name: String) {
        let token = "&X-Amz-Security-Token=x"
        let value = (Self.target + token).value("X-Amz-\(name)")
        let target = "\(Self.target)\(name == "Security-Token" ? token : "")&X-Amz-\(name)=\(value)"
        #expect(refusal(target) == .queryParameterRepeated("X-Amz-\(name)"))
    }

    @Test("another algorithm")
    func algorithm() {
        #expect(refusal(Self.target.replacing("X-Amz-Algorithm", "AWS4-ECDSA-P256-SHA256")) == .queryAlgorithm)
        #expect(refusal(Self.target.replacing("X-Amz-Algorithm", "")) == .queryAlgorithm)
    }

    @Test(
        "a credential of another shape",
        arguments: [
            "", "AK", "AK/20250102/us-east-1/s3", "AK/20250102/us-east-1/s3/aws4_request/x",
            "/20250102/us-east-1/s3/aws4_request", "AK/2025012/us-east-1/s3/aws4_request",
            "AK/2025010x/us-east-1/s3/aws4_request",
        ]
    )
    func credential(_ text: String) {
        let error = refusal(Self.target.replacing("X-Amz-Credential", URICoding.encode(text)))
        #expect(error == .queryCredential(SignatureClaim.malformedCredential))
    }

    @Test(
        "a credential for something else says what was expected",
        arguments: [
            ("AK/20250102/eu-west-1/s3/aws4_request", "the region 'eu-west-1' is wrong; expecting 'us-east-1'"),
            ("AK/20250102/us-east-1/ec2/aws4_request", "incorrect service \"ec2\". This endpoint belongs to \"s3\"."),
            (
                "AK/20250102/us-east-1/s3/aws5_request",
                "incorrect terminal \"aws5_request\". This endpoint uses \"aws4_request\"."
            ),
            (
                "AK/20250103/us-east-1/s3/aws4_request",
                "Invalid credential date \"20250103\". This date is not the same as X-Amz-Date: \"20250102\"."
            ),
        ]
    )
    func scope(_ text: String, _ objection: String) {
        let error = refusal(Self.target.replacing("X-Amz-Credential", URICoding.encode(text)))
        #expect(error?.code == .authorizationQueryParametersError)
        #expect(error?.message == "Error parsing the X-Amz-Credential parameter; \(objection)")
    }

    @Test(
        "a date that is none",
        arguments: ["", "20250102", "20250102T030405", "2025-01-02T03:04:05Z", "20250230T030405Z", "20250102T240000Z"]
    )
    func date(_ text: String) {
        #expect(refusal(Self.target.replacing("X-Amz-Date", text)) == .queryDate)
    }

    @Test(
        "an expiry that is no whole number from 0 to a week",
        arguments: [
            ("", SigV4Error.expiresNotANumber), ("x", .expiresNotANumber), ("1.5", .expiresNotANumber),
            ("%2B5", .expiresNotANumber), ("-", .expiresNotANumber), ("%D9%A3", .expiresNotANumber),
            ("-1", .expiresNegative), ("-99999999999999999999", .expiresNegative),
            ("604801", .expiresTooLarge), ("99999999999999999999", .expiresTooLarge),
        ]
    )
    func expiry(_ text: String, _ expected: SigV4Error) {
        #expect(refusal(Self.target.replacing("X-Amz-Expires", text)) == expected)
    }

    @Test("a URL for 0 seconds is good in its own second only")
    func zeroSeconds() throws {
        let target = Self.signer.presign(Self.unsigned, at: .example, expiresInSeconds: 0)
        #expect(refusal(target) == nil)
        #expect(refusal(target, at: SigningDate.example.adding(seconds: 1))?.message == "Request has expired")
    }

    @Test("a key nobody knows")
    func unknownKey() {
        let error = refusal(Self.target.replacing("X-Amz-Credential", "ZZ%2F20250102%2Fus-east-1%2Fs3%2Faws4_request"))
        #expect(error == .unknownKey("ZZ"))
        #expect(error?.detail("AWSAccessKeyId") == "ZZ")
    }

    @Test("x-amz-* headers and the host must be signed, other headers need not be")
    func unsignedHeaders() throws {
        let amz: HTTPFields = [.amzMeta: "1", .amzACL: "private", .contentType: "a/b"]
        let error = refusal(Self.target, headers: amz)
        #expect(error == .headersNotSigned(["x-amz-meta-a", "x-amz-acl"]))
        #expect(error?.detail("HeadersNotSigned") == "x-amz-meta-a, x-amz-acl")
        #expect(refusal(Self.target, headers: [.contentType: "a/b"]) == nil)
        let noHost = Self.target.replacing("X-Amz-SignedHeaders", "content-type")
        #expect(refusal(noHost) == .headersNotSigned(["host"]))
    }

    @Test("a signature over hundreds of headers")
    func manyHeaders() {
        let names = ["host"] + (0..<256).map { "h\($0)" }
        let tooMany = Self.target.replacing("X-Amz-SignedHeaders", names.joined(separator: "%3B"))
        #expect(refusal(tooMany) == .tooManySignedHeaders(.query))
        let allowed = Self.target.replacing("X-Amz-SignedHeaders", names.dropLast().joined(separator: "%3B"))
        #expect(refusal(allowed)?.code == .signatureDoesNotMatch)
    }

    @Test("broken escapes", arguments: ["%", "%2", "%zz", "%2x", "a%"])
    func brokenEscapes(_ text: String) {
        #expect(refusal("\(Self.target)&x=\(text)") == .targetMalformed)
        #expect(refusal("/\(text)\(Self.target)") == .targetMalformed)
    }

    @Test("signature version 2", arguments: ["?AWSAccessKeyId=AK&Signature=x&Expires=1", "?Signature=x&Expires=1"])
    func version2(_ query: String) {
        #expect(refusal("/b/k\(query)") == .otherSignatureVersion)
    }

    @Test("a query without any signature is anonymous", arguments: ["/", "/b?Expires=1", "/b?X-Amz-Date=1&x-id=2"])
    func anonymous(_ target: String) throws {
        #expect(try verify(target) == nil)
    }

    @Test("a rest of a signature makes no anonymous request", arguments: ["Algorithm", "Signature", "Credential"])
    func remains(_ name: String) {
        #expect(refusal("/b?X-Amz-\(name)=x") == .queryParametersMissing)
    }

    static let unsigned = SignableRequest(method: .get, host: "h:1", target: "/b/k")
    static let signer = Signer(
        credentials: Credentials(accessKeyID: "AK", secretAccessKey: Secret("secret")),
        region: "us-east-1"
    )
    static let target = signer.presign(unsigned, at: .example, expiresInSeconds: 300)

    private func verify(
        _ target: String,
        headers: HTTPFields = [:],
        at now: SigningDate = .example
    ) throws -> VerifiedRequest? {
        let verifier = Verifier(region: "us-east-1") { $0 == "AK" ? Self.signer.credentials : nil }
        let request = SignableRequest(method: .get, host: "h:1", target: target, headers: headers)
        return try verifier.verify(request, at: now)
    }

    private func refusal(_ target: String, headers: HTTPFields = [:], at now: SigningDate = .example) -> SigV4Error? {
        do {
            _ = try verify(target, headers: headers, at: now)
            return nil
        } catch {
            return error as? SigV4Error
        }
    }
}

extension HTTPField.Name {
    fileprivate static var amzMeta: Self { Self("x-amz-meta-a") ?? .accept }
    fileprivate static var amzACL: Self { Self("X-Amz-Acl") ?? .accept }
}

extension String {
    private var parameters: [Substring] { self[...].drop { $0 != "?" }.dropFirst().split(separator: "&") }

    fileprivate func value(_ name: String) -> Substring {
        parameters.first { $0.hasPrefix("\(name)=") }?.dropFirst(name.count + 1) ?? ""
    }

    fileprivate func removing(_ name: String) -> String {
        let kept = parameters.filter { !$0.hasPrefix("\(name)=") }
        return prefix { $0 != "?" } + "?" + kept.joined(separator: "&")
    }

    fileprivate func replacing(_ name: String, _ value: String) -> String {
        removing(name) + "&\(name)=\(value)"
    }
}
