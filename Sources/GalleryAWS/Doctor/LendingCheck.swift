import AWSTransport
import GalleryCore
import HTTPTypes
import NIOCore
import S3
import SigV4

/// Whether keys can be borrowed for one upload, and are good for nothing else.
struct LendingCheck: DoctorCheck {
    let name = "lent keys"

    func look(at patient: DoctorPatient) async throws -> Finding {
        guard let lender = patient.setup.lender else { return fine("The gallery lends no keys (no --sts-role).") }
        return try await TrialUpload.with(patient) { trial in
            let keys: TemporaryCredentials
            do {
                keys = try await lender.lend(trial.location)
            } catch let error as AWSError {
                return fault("STS lends no keys: \(error)", remedy: Remedy.lending(lender.role))
            }
            let own = try await put(at: trial, with: keys)
            guard own.isSuccess else {
                return fault("A PUT with lent keys is refused: \(own.error)", remedy: Remedy.lentRights(patient))
            }
            let other = try await TrialUpload.with(patient) { try await put(at: $0, with: keys) }
            guard !other.isSuccess else {
                return fault("Keys lent for one upload can make another.", remedy: Remedy.unboundKeys)
            }
            return fine("Lent keys are good for the one upload they were lent for.")
        }
    }

    /// A PUT that is signed by these keys in its URL, as it would be in a browser.
    private func put(at trial: TrialUpload, with keys: TemporaryCredentials) async throws -> PlainAnswer {
        let patient = trial.patient
        let parts = try await trial.bareURL().split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4 else { throw AWSError(.badRequest, "An object's address has a path.") }
        let credentials = Credentials(
            accessKeyID: keys.accessKeyID,
            secretAccessKey: Secret(keys.secretAccessKey),
            sessionToken: keys.sessionToken
        )
        let request = SignableRequest(method: .put, host: String(parts[2]), target: "/\(parts[3])", headers: [:])
        let target = Signer(credentials: credentials, region: keys.region, service: "s3")
            .presign(request, at: patient.client.now(), expiresInSeconds: 60)
        return try await patient.send(.put, "\(parts[0])//\(parts[2])\(target)", body: ByteBuffer(string: "imgn"))
    }
}
