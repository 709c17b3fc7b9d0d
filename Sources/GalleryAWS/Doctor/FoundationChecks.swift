import AWSTransport
import NIOCore
import S3
import SigV4

/// Whether there are credentials at all.
struct CredentialCheck: DoctorCheck {
    let name = "credentials"

    func look(at patient: DoctorPatient) async throws -> Finding {
        let credentials = try await patient.client.signer().credentials
        let kind = credentials.sessionToken == nil ? "lasting" : "temporary"
        return fine("There is a \(kind) key, \(credentials.accessKeyID.prefix(4))…")
    }
}

/// Whether the store answers, knows the keys, and has the bucket.
struct BucketCheck: DoctorCheck {
    let name = "bucket"

    func look(at patient: DoctorPatient) async throws -> Finding {
        let place = "\(patient.client.endpoint)"
        do {
            // Not HEAD, whose answers name no error code.
            _ = try await patient.s3.listObjects(in: patient.bucket, ObjectQuery(prefix: patient.prefix, limit: 1))
        } catch let error as AWSError where error.isNoSuchBucket {
            return fault("There is no bucket \(patient.bucket) at \(place).", remedy: Remedy.makeBucket(patient))
        }
        return fine("\(place) has the bucket \(patient.bucket), and lets us list it.")
    }
}

/// Whether this machine's clock is that of the store.
///
/// Rests on an answer of the store: the client compares clocks with each, and notes what is more than minutes off.
struct ClockCheck: DoctorCheck {
    let name = "clock"

    /// How far off the date of a request may be, in seconds (AWS, RequestTimeTooSkewed).
    private static let tolerance = 900

    func look(at patient: DoctorPatient) async throws -> Finding {
        let ours = patient.client.configuration.clock.now().secondsSince1970
        let skew = patient.client.now().secondsSince1970 - ours
        guard skew != 0 else { return fine("This machine's clock and the store's agree.") }
        let words = "This machine's clock is \(abs(skew)) seconds \(skew > 0 ? "behind" : "ahead of") the store's."
        guard abs(skew) >= Self.tolerance else { return advice(words, remedy: Remedy.clock) }
        return fault(
            "\(words) imgn corrects its own requests; those of other programs here are refused.",
            remedy: Remedy.clock
        )
    }
}

/// Whether objects can be written, read and removed.
struct ObjectCheck: DoctorCheck {
    let name = "put, get, delete"

    func look(at patient: DoctorPatient) async throws -> Finding {
        let places = try DoctorPatient.publicFolders.map { try patient.publicTrial(in: $0).location }
        for place in [patient.incomingTrial()] + places {
            if let fault = try await fault(at: place, patient) { return fault }
        }
        return fine("Objects can be written, read and removed under incoming/, images/ and renditions/.")
    }

    private func fault(at place: S3Location, _ patient: DoctorPatient) async throws -> Finding? {
        let bytes = ByteBuffer(string: "imgn")
        var step = "written"
        do {
            try await patient.s3.putObject(place, .bytes(bytes), patient.settings)
            step = "read"
            let found = try await patient.s3.readObject(place, upTo: 64)?.bytes
            step = "removed, and is left there"
            try await patient.s3.deleteObject(place)
            guard found == bytes else {
                return fault("\(place) came back as other bytes.", remedy: Remedy.middleman(patient))
            }
            guard try await patient.s3.headObject(place) == nil else {
                return fault("\(place) is still there after it was removed.", remedy: Remedy.middleman(patient))
            }
            return nil
        } catch let error as AWSError {
            try? await patient.s3.deleteObject(place)
            return fault("\(place) cannot be \(step): \(error)", remedy: Remedy.of(error, patient))
        }
    }
}
