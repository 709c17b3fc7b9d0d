import AWSTransport
import Foundation
import Testing

@testable import GalleryAWS

@Suite("Remedies")
struct RemedyTests {
    /// The JSON in a remedy's words.
    private func json(_ remedy: String) throws -> [String: Any] {
        let start = try #require(remedy.firstIndex(of: "{"))
        let lines = remedy[start...].split(separator: "\n").prefix { $0.first.map { "{ ".contains($0) } == true }
        let object = try JSONSerialization.jsonObject(with: Data(lines.joined(separator: "\n").utf8))
        return try #require(object as? [String: Any])
    }

    private func statements(_ remedy: String) throws -> [[String: Any]] {
        try #require(json(remedy)["Statement"] as? [[String: Any]])
    }

    @Test(
        "prefixes that JSON and policies would read otherwise are spelled out",
        arguments: [
            ("", "incoming/*"), ("gallery", "gallery/incoming/*"), (#"a"b\c"#, #"a"b\c/incoming/*"#),
            ("50*?$", "50${*}${?}${$}/incoming/*"),
        ]
    )
    func policyOfPrefix(prefix: String, expected: String) throws {
        let patient = try Clinic.patient(prefix: prefix)
        let allowed = try statements(Remedy.policy(patient))
        #expect((allowed[1]["Resource"] as? [String])?.first == "arn:aws:s3:::pictures/\(expected)")
        #expect(allowed[0]["Resource"] as? String == "arn:aws:s3:::pictures")
        let shown = try statements(Remedy.publicPictures(patient))
        let pictures = ["images", "renditions"].map { folder in
            "arn:aws:s3:::pictures/" + expected.replacingOccurrences(of: "incoming", with: folder)
        }
        #expect(shown[0]["Resource"] as? [String] == pictures)
    }

    @Test("the lifecycle rule is about the uploads under the prefix, and expires none that is whole")
    func lifecycle() throws {
        let patient = try Clinic.patient(prefix: #"a "b" *"#)
        let rules = try #require(json(Remedy.lifecycle(patient))["Rules"] as? [[String: Any]])
        #expect((rules[0]["Filter"] as? [String: String]) == ["Prefix": #"a "b" */incoming/"#])
        #expect(rules[0]["AbortIncompleteMultipartUpload"] != nil)
        #expect(rules[0]["Expiration"] == nil)
    }

    @Test("the bucket is made in its region on AWS, and by the endpoint elsewhere")
    func makeBucket() throws {
        let own = try Clinic.patient()
        #expect(Remedy.makeBucket(own).hasSuffix("--bucket pictures --endpoint-url http://127.0.0.1:9000"))
        let first = try Clinic.patient(at: "https://s3.us-east-1.amazonaws.com")
        #expect(Remedy.makeBucket(first).hasSuffix("--bucket pictures --region us-east-1"))
        let other = try Clinic.patient(at: "https://s3.eu-west-1.amazonaws.com", region: "eu-west-1")
        let words = "--create-bucket-configuration LocationConstraint=eu-west-1 --region eu-west-1"
        #expect(Remedy.makeBucket(other).hasSuffix(words))
    }

    @Test("an ACL adds its header to CORS and its right to the policy")
    func acl() throws {
        var patient = try Clinic.patient()
        let plain = Remedy.cors(patient, origin: "https://a.example") + Remedy.policy(patient)
        #expect(!plain.contains("acl") && !plain.contains("Acl"))
        patient.setup.acl = "bucket-owner-full-control"
        let rules = try #require(
            json(Remedy.cors(patient, origin: "https://a.example"))["CORSRules"] as? [[String: Any]]
        )
        #expect((rules[0]["AllowedHeaders"] as? [String])?.contains("x-amz-acl") == true)
        #expect(try (statements(Remedy.policy(patient))[1]["Action"] as? [String])?.contains("s3:PutObjectAcl") == true)
    }

    @Test("a bucket is closed without hiding pictures that are to be public")
    func closeBucket() throws {
        var patient = try Clinic.patient()
        #expect(Remedy.closeBucket(patient).contains("delete-bucket-policy --bucket pictures"))
        patient.setup.picturesURL = "https://cdn.example"
        #expect(!Remedy.closeBucket(patient).contains("delete-bucket-policy"))
        #expect(try statements(Remedy.closeBucket(patient))[0]["Action"] as? String == "s3:GetObject")
    }

    @Test("a region is believed from the errors that are about regions only")
    func region() throws {
        let patient = try Clinic.patient()
        var moved = AWSError(.service, "", status: 301, code: "PermanentRedirect")
        #expect(Remedy.of(moved, patient) == "The bucket is in another region. Give it by --storage-region.")
        moved.fields["Region"] = "eu-west-1"
        #expect(Remedy.of(moved, patient) == "The bucket is in another region: --storage-region eu-west-1")
        // AWS names the bucket's region with every answer.
        var denied = AWSError(.service, "", status: 403, code: "AccessDenied")
        denied.fields["Region"] = "us-east-1"
        #expect(Remedy.of(denied, patient) == Remedy.policy(patient))
    }

    @Test("an answer without a code is no S3's, unless something broke")
    func noCode() throws {
        let patient = try Clinic.patient()
        let page = AWSError(.service, "", status: 404)
        #expect(Remedy.of(page, patient)?.hasPrefix("Does http://127.0.0.1:9000 speak S3?") == true)
        let broken = AWSError(.service, "", status: 502)
        #expect(Remedy.of(broken, patient) == "The store is not well. Look into its own log, and try again.")
    }
}
