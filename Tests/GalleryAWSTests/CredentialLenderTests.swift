import Foundation
import S3
import Testing

@testable import GalleryAWS

@Suite("Lent keys")
struct CredentialLenderTests {
    @Test(
        "the session policy allows one object and no other, without a blank",
        arguments: [
            ("gallery/incoming/k7Tq", "gallery/incoming/k7Tq"),
            (#"a"b\c/incoming/k7Tq"#, #"a"b\c/incoming/k7Tq"#),
            ("*?$/incoming/k7Tq", "${*}${?}${$}/incoming/k7Tq"),
        ]
    )
    func policy(key: String, expected: String) throws {
        let bucket = try #require(S3Bucket("pictures"))
        let location = S3Location(bucket: bucket, key: try #require(S3Key(key)))
        let policy = CredentialLender.policy(for: location)
        #expect(!policy.contains(" "))
        let object = try JSONSerialization.jsonObject(with: Data(policy.utf8)) as? [String: Any]
        let statements = try #require(object?["Statement"] as? [[String: Any]])
        #expect(statements.count == 1)
        #expect(statements[0]["Resource"] as? String == "arn:aws:s3:::pictures/\(expected)")
        let actions = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
        #expect(statements[0]["Action"] as? [String] == actions)
    }
}
