import Foundation
import GalleryCore
import GalleryTesting
import SigV4
import Testing

@Suite("Every storage, for other people's uploaders")
struct CompanionContractTests {
    private func form(_ bench: StorageBackend.Bench, _ id: ImageID) async throws -> PresignedForm {
        let file = UnmeasuredFile(name: FileName("ü a.png"), mediaType: "image/png", maximumByteCount: 1234)
        let lifetime = (from: bench.clock.now, seconds: 300)
        return try await bench.storage.presignForm(id, file, origin: "http://h:1", lifetime: lifetime)
    }

    @Test("each upload has an address of its own, and a form goes there", arguments: StorageBackend.allCases)
    func addresses(backend: StorageBackend) async throws {
        try await backend.withBench { bench in
            let id = ImageID.random()
            let address = bench.storage.address(of: id)
            #expect(address.key.hasSuffix("incoming/\(id)") && !address.bucket.isEmpty)
            #expect(bench.storage.address(of: .random()) != address)
            let form = try await form(bench, id)
            #expect(form.url.hasSuffix("/") && form.fields.contains(PresignedForm.Field("key", address.key)))
            #expect(form.fields.contains(PresignedForm.Field("content-type", "image/png")))
            #expect(Set(form.fields.map(\.name)).count == form.fields.count)
        }
    }

    @Test("the disk's form binds every field, the sizes and its time, and is signed")
    func policy() async throws {
        try await StorageBackend.disk.withBench { bench in
            let form = try await form(bench, .random())
            #expect(form.url == "http://h:1/imgn/")
            let fields = Dictionary(uniqueKeysWithValues: form.fields.map { ($0.name, $0.value) })
            let base64 = try #require(fields["policy"])
            let json = try #require(Data(base64Encoded: base64))
            let policy = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
            #expect(policy["expiration"] as? String == "2026-11-22T19:05:00Z")
            let conditions = try #require(policy["conditions"] as? [[Any]])
            var bound: [String: String] = [:]
            for condition in conditions where condition[0] as? String == "eq" {
                let name = try #require(condition[1] as? String)
                bound[String(name.dropFirst())] = condition[2] as? String
            }
            #expect(bound == fields.filter { $0.key != "policy" && $0.key != "x-amz-signature" })
            let sizes = conditions.filter { $0[0] as? String == "content-length-range" }
            #expect(sizes.count == 1 && sizes.first?[1] as? Int == 1 && sizes.first?[2] as? Int == 1234)
            #expect(fields["x-amz-meta-name"] == "%C3%BC%20a.png" && fields["if-none-match"] == "*")
            #expect(fields["success_action_status"] == "201" && fields["x-amz-date"] == "20261122T190000Z")
            #expect(fields["x-amz-credential"] == "ID/20261122/us-east-1/s3/aws4_request")
            let keys = Credentials(accessKeyID: "ID", secretAccessKey: Secret("secret"))
            let date = SigningDate(secondsSince1970: Int64(bench.clock.now.timeIntervalSince1970))
            let signature = Signer(credentials: keys, region: "us-east-1").signature(ofPolicy: base64, at: date)
            #expect(fields["x-amz-signature"] == signature)
        }
    }

    @Test("no storage here has keys to lend", arguments: StorageBackend.allCases)
    func noKeys(backend: StorageBackend) async throws {
        try await backend.withBench { bench in
            let keys = try await bench.storage.temporaryCredentials(for: .random())
            #expect(keys?.accessKeyID == nil)
        }
    }
}
