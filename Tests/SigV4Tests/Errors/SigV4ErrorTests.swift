import HTTPTypes
import Testing

@testable import SigV4

@Suite("Refusals")
struct SigV4ErrorTests {
    @Test("four codes are 403, the others 400")
    func status() {
        let forbidden = SigV4Error.Code.allCases.filter { $0.status == 403 }
        #expect(Set(forbidden) == [.accessDenied, .invalidAccessKeyID, .requestTimeTooSkewed, .signatureDoesNotMatch])
        #expect(SigV4Error.Code.allCases.allSatisfy { [400, 403].contains($0.status) })
        #expect(SigV4Error.unknownKey("AK").status == 403)
        #expect(SigV4Error.bothForms.status == 400)
    }

    @Test("codes are spelled as S3 spells them")
    func codes() {
        #expect(
            SigV4Error.Code.allCases.map(\.rawValue) == [
                "AccessDenied", "AuthorizationHeaderMalformed", "AuthorizationQueryParametersError", "ExpiredToken",
                "IncompleteBody", "InvalidAccessKeyId", "InvalidArgument", "InvalidChunkSizeError", "InvalidRequest",
                "InvalidToken", "InvalidURI", "MalformedTrailerError", "RequestTimeTooSkewed", "SignatureDoesNotMatch",
            ]
        )
    }

    @Test("checks come in S3's order: the first of many faults is the one that is told")
    func order() throws {
        // Each step mends the fault found before it.
        let steps: [(SigV4Error.Code, String)] = [
            (.authorizationQueryParametersError, "/b?X-Amz-Algorithm=x&X-Amz-Credential=x&X-Amz-Expires=x"),
            (.authorizationQueryParametersError, Self.query(algorithm: "x", region: "r", expires: "x")),
            (.authorizationQueryParametersError, Self.query(region: "r", expires: "x")),
            (.authorizationQueryParametersError, Self.query(expires: "x")),
            (.accessDenied, Self.query(date: "20250102T020000Z")),
            (.invalidAccessKeyID, Self.query()),
            (.accessDenied, Self.query(key: "AK", names: "x")),
            (.signatureDoesNotMatch, Self.query(key: "AK")),
        ]
        let messages = [
            "Query-string", "X-Amz-Algorithm only", "Error parsing the X-Amz-Credential parameter; the region",
            "X-Amz-Expires should be a number", "Request has expired", "The AWS Access Key Id", "There were headers",
            "The request signature",
        ]
        for ((code, target), message) in zip(steps, messages) {
            let request = SignableRequest(method: .get, host: "h", target: target)
            let error = try #require(RefusedRequest.error(of: request))
            #expect(error.code == code)
            #expect(error.message.hasPrefix(message))
        }
    }

    private static func query(
        algorithm: String = "AWS4-HMAC-SHA256",
        key: String = "ZZ",
        region: String = "us-east-1",
        date: String = "20250102T030405Z",
        expires: String = "60",
        names: String = "host"
    ) -> String {
        "/b?X-Amz-Algorithm=\(algorithm)&X-Amz-Credential=\(key)%2F20250102%2F\(region)%2Fs3%2Faws4_request"
            + "&X-Amz-Date=\(date)&X-Amz-Expires=\(expires)&X-Amz-SignedHeaders=\(names)&X-Amz-Signature=x"
    }
}
