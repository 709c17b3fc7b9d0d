import Foundation
import Testing

@testable import SigV4

@Suite("Forms that upload")
struct FormPolicyTests {
    private static let date = SigningDate(secondsSince1970: 1_735_787_045)

    private func signer(sessionToken: String? = nil) -> Signer {
        let credentials = Credentials(
            accessKeyID: "ID",
            secretAccessKey: Secret("secret"),
            sessionToken: sessionToken
        )
        return Signer(credentials: credentials, region: "us-east-1")
    }

    private func fields(_ own: [FormPolicy.Field], sessionToken: String? = nil) -> [String: String] {
        let policy = FormPolicy(
            bucket: "imgn",
            fields: own,
            byteCounts: 1...1000,
            expiration: SigningDate(secondsSince1970: Self.date.secondsSince1970 + 60)
        )
        let form = signer(sessionToken: sessionToken).form(policy, at: Self.date)
        return Dictionary(uniqueKeysWithValues: form.map { ($0.name, $0.value) })
    }

    @Test("the policy binds the bucket, every field, who signs, and the sizes; and the form has them all")
    func document() throws {
        let fields = fields([.init("key", "a/b"), .init("content-type", "image/png")], sessionToken: "a+token/of=it")
        let base64 = try #require(fields["policy"])
        let text = String(decoding: try #require(Data(base64Encoded: base64)), as: UTF8.self)
        #expect(
            text == """
                {"conditions":[["eq","$bucket","imgn"],["eq","$key","a/b"],["eq","$content-type","image/png"],\
                ["eq","$x-amz-algorithm","AWS4-HMAC-SHA256"],\
                ["eq","$x-amz-credential","ID/20250102/us-east-1/s3/aws4_request"],\
                ["eq","$x-amz-date","20250102T030405Z"],["eq","$x-amz-security-token","a+token/of=it"],\
                ["content-length-range",1,1000]],"expiration":"2025-01-02T03:05:05Z"}
                """
        )
        #expect(fields["key"] == "a/b" && fields["x-amz-security-token"] == "a+token/of=it")
        #expect(fields["x-amz-signature"] == signer().signature(ofPolicy: base64, at: Self.date))
    }

    @Test(
        "a value can say whatever it likes: it stays one value",
        arguments: ["\"],[\"starts-with\",\"$key\",\"", "\\", "\\\"", "a\u{0}\n\u{1F}b", "grün 🌿", "$key"]
    )
    func quoting(value: String) throws {
        let base64 = try #require(fields([.init("key", value)])["policy"])
        let json = try #require(Data(base64Encoded: base64))
        let document = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        let conditions = try #require(document["conditions"] as? [[Any]])
        #expect(conditions.count == 6)
        #expect(conditions.dropFirst().first as? [String] == ["eq", "$key", value])
    }

    @Test(
        "dates of policies and answers are read with and without a fraction",
        arguments: [
            ("2025-01-02T03:04:05Z", 1_735_787_045 as Int64?), ("2025-01-02T03:04:05.123Z", 1_735_787_045),
            ("2025-01-02T03:04:05", nil), ("2025-01-02 03:04:05Z", nil), ("2025-01-02T03:04:05.Z", nil),
            ("2025-01-02T03:04:05,1Z", nil), ("2025-01-02T03:04:05.xZ", nil), ("20250102T030405Z", nil),
            ("2025-13-02T03:04:05Z", nil), ("", nil), ("Z", nil), ("2025-01-02T03:04:0é5Z", nil),
        ]
    )
    func dates(text: String, seconds: Int64?) {
        #expect(SigningDate(iso8601: text)?.secondsSince1970 == seconds)
    }
}
