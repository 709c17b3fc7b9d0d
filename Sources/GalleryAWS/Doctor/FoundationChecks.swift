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
        do {
            guard try await patient.s3.hasBucket(patient.bucket) else {
                return fault("There is no bucket \(patient.bucket).", remedy: Remedy.makeBucket(patient))
            }
            // HEAD answers name no error code, a listing does.
            _ = try await patient.s3.listObjects(in: patient.bucket, ObjectQuery(prefix: patient.prefix, limit: 1))
        } catch let error as AWSError where error.code == nil && error.status != nil {
            _ = try await patient.s3.listObjects(in: patient.bucket, ObjectQuery(prefix: patient.prefix, limit: 1))
            throw error
        }
        return fine("\(patient.client.endpoint) has the bucket \(patient.bucket), and lets us list it.")
    }
}

/// Whether this machine's clock is that of the store.
struct ClockCheck: DoctorCheck {
    let name = "clock"

    func look(at patient: DoctorPatient) async throws -> Finding {
        let ours = patient.client.configuration.clock.now().secondsSince1970
        let skew = patient.client.now().secondsSince1970 - ours
        let words = "This machine's clock is \(abs(skew)) seconds \(skew > 0 ? "behind" : "ahead of") the store's."
        let remedy = "Set the clock: sudo timedatectl set-ntp true"
        switch abs(skew) {
        case 0...5: return fine("This machine's clock and the store's agree.")
        case 6...300: return advice(words, remedy: remedy)
        default: return fault(words + " Uploads that others sign here would be refused.", remedy: remedy)
        }
    }
}

/// Whether objects can be written, read and removed.
struct ObjectCheck: DoctorCheck {
    let name = "put, get, delete"

    func look(at patient: DoctorPatient) async throws -> Finding {
        for folder in ["incoming", "images"] {
            let place = try patient.location(folder, "doctor-\(UInt64.random(in: 0 ... .max))")
            let settings = ObjectSettings(contentType: "text/plain", acl: patient.setup.acl)
            try await patient.s3.putObject(place, .bytes(ByteBuffer(string: "imgn")), settings)
            let found = try await patient.s3.readObject(place, upTo: 64)
            try await patient.s3.deleteObject(place)
            guard found?.bytes == ByteBuffer(string: "imgn") else {
                return fault("\(place) came back as other bytes.", remedy: nil)
            }
            guard try await patient.s3.headObject(place) == nil else {
                return fault("\(place) is still there after it was removed.", remedy: nil)
            }
        }
        return fine("Objects can be written, read and removed under incoming/ and images/.")
    }
}
