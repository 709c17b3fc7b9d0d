import AWSTransport
import GalleryCore

/// Checks a storage for real, in the order in which one thing rests on the other.
package struct StorageDoctor: Sendable {
    private let patient: DoctorPatient

    package init(_ patient: DoctorPatient) {
        self.patient = patient
    }

    /// Makes every check, and reports each as soon as it is made.
    ///
    /// What rests on something that failed is reported as skipped.
    ///
    /// - Parameter report: Takes the findings in order.
    package func examine(_ report: (Finding) -> Void) async {
        var broken: String?
        for check in Self.foundations + Self.others {
            if let broken {
                report(Finding(check.name, .skipped, "Not looked at: \(broken) has to work first."))
                continue
            }
            let finding = await look(check)
            report(finding)
            if finding.verdict == .fault, Self.foundations.contains(where: { $0.name == check.name }) {
                broken = check.name
            }
        }
    }

    /// Each rests on those before it, and all others on them.
    private static let foundations: [any DoctorCheck] = [CredentialCheck(), BucketCheck(), ObjectCheck()]

    /// None rests on another.
    private static let others: [any DoctorCheck] = [
        ClockCheck(), PresignedUploadCheck(), OverwriteCheck(), ChecksumCheck(), MultipartCheck(), IngestCheck(),
        CORSCheck(), LifecycleCheck(), PrivacyCheck(), PicturesCheck(), LendingCheck(),
    ]

    private func look(_ check: any DoctorCheck) async -> Finding {
        do {
            return try await check.look(at: patient)
        } catch GalleryError.storageNotReached(_, let error as AWSError),
            GalleryError.storageUnavailable(_, let error as AWSError),
            let error as AWSError
        {
            // What an answer's kind says, its sentence says better; a service's code is worth telling.
            let words = error.kind == .service ? error.description : error.message
            return Finding(check.name, .fault, words, remedy: Remedy.of(error, patient))
        } catch {
            return Finding(check.name, .fault, "\(error)")
        }
    }
}

/// One thing that the doctor looks at.
protocol DoctorCheck: Sendable {
    /// What it looks at, in a word or two.
    var name: String { get }

    /// Looks, and leaves nothing behind.
    func look(at patient: DoctorPatient) async throws -> Finding
}

extension DoctorCheck {
    func fine(_ detail: String) -> Finding { Finding(name, .fine, detail) }

    func advice(_ detail: String, remedy: String?) -> Finding { Finding(name, .advice, detail, remedy: remedy) }

    func fault(_ detail: String, remedy: String?) -> Finding { Finding(name, .fault, detail, remedy: remedy) }

    func skipped(_ detail: String) -> Finding { Finding(name, .skipped, detail) }
}
