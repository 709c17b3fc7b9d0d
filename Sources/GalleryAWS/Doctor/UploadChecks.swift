import AWSTransport
import HTTPTypes
import NIOCore
import S3

/// Whether a presigned PUT works, and only for the length it was made for.
struct PresignedUploadCheck: DoctorCheck {
    let name = "presigned upload"

    func look(at patient: DoctorPatient) async throws -> Finding {
        try await TrialUpload.with(patient) { trial in
            // Without a digest, which would refuse the longer body in the length's place.
            let request = try await trial.sign("imgn", bindsDigest: false)
            let longer = try await trial.put("imgn and more", by: request)
            guard longer.isRefusal else {
                return fault(
                    "The store takes more bytes than a URL was signed for (HTTP \(longer.status.code)).",
                    remedy: Remedy.unboundLength
                )
            }
            let answer = try await trial.put("imgn", by: request)
            guard answer.isSuccess else {
                return fault(
                    "A presigned PUT is refused: \(answer.error)",
                    remedy: Remedy.of(answer.error, patient)
                )
            }
            return fine("A presigned PUT works, and takes no more bytes than it was made for.")
        }
    }
}

/// Whether a URL works once only.
struct OverwriteCheck: DoctorCheck {
    let name = "conditional write"

    func look(at patient: DoctorPatient) async throws -> Finding {
        try await TrialUpload.with(patient) { trial in
            let request = try await trial.sign("imgn")
            let first = try await trial.put("imgn", by: request)
            guard first.isSuccess else {
                return fault(
                    "A presigned PUT with If-None-Match is refused: \(first.error)",
                    remedy: Remedy.of(first.error, patient)
                )
            }
            let again = try await trial.put("imgn", by: request)
            guard again.isSuccess else {
                guard again.error.isRefusedCondition else { throw again.error }
                return fine("A presigned PUT works once: If-None-Match is honoured.")
            }
            return advice(
                "The store ignores If-None-Match: a URL works until it expires, not once.",
                remedy: Remedy.repeatedWrites
            )
        }
    }
}

/// Whether the store refuses bytes of another digest.
struct ChecksumCheck: DoctorCheck {
    let name = "checksum"

    func look(at patient: DoctorPatient) async throws -> Finding {
        try await TrialUpload.with(patient) { trial in
            let request = try await trial.sign("imgn")
            let other = try await trial.put("ngmi", by: request)
            guard !other.isSuccess else {
                return advice(
                    "The store ignores x-amz-checksum-sha256: it took other bytes than were announced.",
                    remedy: Remedy.uncheckedDigests
                )
            }
            // A store that refuses everything would refuse this, too.
            let right = try await trial.put("imgn", by: request)
            guard right.isSuccess else { throw right.error }
            return fine("Bytes of another digest are refused.")
        }
    }
}

/// Whether large files can go up in parts.
struct MultipartCheck: DoctorCheck {
    let name = "multipart upload"

    func look(at patient: DoctorPatient) async throws -> Finding {
        try await TrialUpload.with(patient) { trial in
            let upload = try await patient.s3.createMultipart(trial.location, patient.settings, bindsChecksums: false)
            do {
                return try await look(at: trial, upload)
            } catch {
                try? await patient.s3.abortMultipart(upload)
                throw error
            }
        }
    }

    private func look(at trial: TrialUpload, _ upload: MultipartUpload) async throws -> Finding {
        let s3 = trial.patient.s3
        let body = PresignedBody(byteCount: 4, sha256: nil)
        let answer = try await trial.put("imgn", by: try await s3.presignPart(1, of: upload, body, seconds: 60))
        guard answer.isSuccess else { throw answer.error }
        guard let parts = try await s3.parts(of: upload), parts.map(\.number) == [1] else {
            try await s3.abortMultipart(upload)
            return fault("A part that was sent is not listed.", remedy: Remedy.middleman(trial.patient))
        }
        try await s3.completeMultipart(upload, parts)
        guard try await s3.readObject(trial.location, upTo: 64)?.bytes == ByteBuffer(string: "imgn") else {
            return fault("An upload in parts came back as other bytes.", remedy: Remedy.middleman(trial.patient))
        }
        return fine("Uploads in parts can be begun, sent by signed URLs, listed and joined.")
    }
}

/// Whether the gallery can take in what was uploaded as cheaply as S3 allows.
struct IngestCheck: DoctorCheck {
    let name = "ingest"

    func look(at patient: DoctorPatient) async throws -> Finding {
        let lacks = try await S3StoreProbe(patient.s3, keys: patient.keys).run().ingestShortcomings
        guard lacks.isEmpty else { return advice(lacks.joined(separator: " "), remedy: Remedy.costlyIngest) }
        return fine("Pictures are published by copies inside the store, and no upload is read for its digest.")
    }
}
