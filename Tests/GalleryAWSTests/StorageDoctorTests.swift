import AWSTransport
import HTTPTypes
import Testing

@testable import GalleryAWS

@Suite("The doctor")
struct StorageDoctorTests {
    private func findings(_ patient: DoctorPatient) async -> [Finding] {
        var findings: [Finding] = []
        await StorageDoctor(patient).examine { findings.append($0) }
        return findings
    }

    @Test("what rests on something that failed is not looked at")
    func skipping() async throws {
        let patient = try Clinic.patient { _ in throw AWSError(.transport, "nobody is there") }
        let findings = await findings(patient)
        #expect(findings.prefix(2).map(\.verdict) == [.fine, .fault])
        #expect(findings.dropFirst(2).allSatisfy { $0.verdict == .skipped })
        #expect(findings[1].detail == "nobody is there")
        #expect(Set(findings.map(\.check)).count == findings.count)
    }

    @Test("a store that says yes to strangers is open", arguments: [HTTPRequest.Method.get, .put])
    func strangers(method: HTTPRequest.Method) async throws {
        let patient = try Clinic.patient { request in
            request.isSigned || request.method == method ? Answer(.ok, [.eTag: "\"1\""]) : Answer(.forbidden)
        }
        let finding = try await PrivacyCheck().look(at: patient)
        #expect(finding.verdict == .fault)
        #expect(finding.detail.hasPrefix(method == .get ? "Anyone can read" : "Anyone can write"))
        #expect(finding.remedy == Remedy.closeBucket(patient))
    }

    @Test("a closed store behind a CDN that shows all of it is open", arguments: ["", "gallery"])
    func openCDN(prefix: String) async throws {
        var patient = try Clinic.patient(prefix: prefix) { request in
            if request.isSigned { return Answer(.ok, [.eTag: "\"1\""]) }
            let isShown = request.authority == "cdn.example" && request.target.hasPrefix("/incoming/probe-doctor-")
            return isShown ? Answer(.ok, [:], "imgn") : Answer(.forbidden)
        }
        #expect(try await PrivacyCheck().look(at: patient).verdict == .fine)
        patient.setup.picturesURL = "https://cdn.example"
        let finding = try await PrivacyCheck().look(at: patient)
        #expect(finding.verdict == .fault)
        #expect(finding.remedy == Remedy.hideIncoming(patient))
    }

    @Test("a store that says no to strangers is closed")
    func closed() async throws {
        let patient = try Clinic.patient { request in
            request.isSigned ? Answer(.ok, [.eTag: "\"1\""]) : Answer(.forbidden)
        }
        #expect(try await PrivacyCheck().look(at: patient).verdict == .fine)
    }

    @Test("a store that refuses every upload has not shown that it checks anything")
    func refusingEverything() async throws {
        let patient = try Clinic.patient { request in Answer(request.method == .put ? .forbidden : .noContent) }
        for check in [PresignedUploadCheck(), OverwriteCheck()] as [any DoctorCheck] {
            #expect(try await check.look(at: patient).verdict == .fault)
        }
        await #expect(throws: AWSError.self) { try await ChecksumCheck().look(at: patient) }
        await #expect(throws: AWSError.self) { try await MultipartCheck().look(at: patient) }
    }

    private static let allowing: HTTPFields = [
        .accessControlAllowOrigin: "https://a.example", .accessControlAllowMethods: "GET, PUT",
        .accessControlAllowHeaders: "Content-Type, If-None-Match, X-Amz-Checksum-SHA256, X-Amz-Meta-Name",
    ]

    @Test("CORS is believed when both the preflight and the upload are answered for the page")
    func cors() async throws {
        var patient = try Clinic.patient { _ in Answer(.ok, Self.allowing) }
        patient.setup.pageOrigin = "https://a.example"
        #expect(try await CORSCheck().look(at: patient).verdict == .fine)
        patient.setup.pageOrigin = "https://b.example"
        #expect(try await CORSCheck().look(at: patient).verdict == .fault)
    }

    @Test(
        "what a preflight leaves out is named",
        arguments: [
            (HTTPField.Name.accessControlAllowMethods, "GET", "allow no PUT"),
            (.accessControlAllowHeaders, "content-type", "if-none-match, x-amz-checksum-sha256, x-amz-meta-name"),
        ]
    )
    func corsGaps(name: HTTPField.Name, value: String, words: String) async throws {
        var headers = Self.allowing
        headers[name] = value
        let answer = Answer(.ok, headers)
        var patient = try Clinic.patient { _ in answer }
        patient.setup.pageOrigin = "https://a.example"
        let finding = try await CORSCheck().look(at: patient)
        #expect(finding.verdict == .fault)
        #expect(finding.detail.contains(words))
    }

    @Test("a preflight that is answered does not help when the upload's answer is kept from the page")
    func corsOfUpload() async throws {
        var patient = try Clinic.patient { request in
            request.method == .options ? Answer(.ok, Self.allowing) : Answer(.ok)
        }
        patient.setup.pageOrigin = "https://a.example"
        let finding = try await CORSCheck().look(at: patient)
        #expect(finding.verdict == .fault)
        #expect(finding.detail.contains("may not read the answer to the upload itself"))
    }
}
