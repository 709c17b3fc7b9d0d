import AWSTransport
import HTTPTypes
import NIOCore
import S3

/// Whether the store cleans up what nobody finishes.
struct LifecycleCheck: DoctorCheck {
    let name = "lifecycle"

    func look(at patient: DoctorPatient) async throws -> Finding {
        do {
            let rules = try await patient.s3.lifecycleRules(of: patient.bucket) ?? []
            let incoming = "\(patient.prefix)incoming/"
            let aborts = rules.contains { rule in
                rule.isEnabled && incoming.hasPrefix(rule.prefix) && rule.abortsUploadsAfterDays != nil
            }
            guard aborts else {
                return advice(
                    "Nothing but the gallery's own sweep drops uploads in parts that nobody finishes.",
                    remedy: Remedy.lifecycle(patient)
                )
            }
            return fine("The store drops unfinished uploads by itself.")
        } catch let error as AWSError where error.isNotImplemented || error.status == 405 {
            return skipped("The store has no lifecycle rules; the gallery's own sweep drops unfinished uploads.")
        } catch let error as AWSError where error.status == 403 {
            return skipped("These keys may not read the lifecycle rules (s3:GetLifecycleConfiguration).")
        }
    }
}

/// Whether nobody but the gallery can read what was not looked at, and write.
struct PrivacyCheck: DoctorCheck {
    let name = "incoming is private"

    func look(at patient: DoctorPatient) async throws -> Finding {
        try await TrialUpload.with(patient) { trial in
            try await trial.write("imgn")
            let url = try await trial.bareURL()
            guard try await !patient.send(.get, url).isSuccess else {
                return fault(
                    "Anyone can read uploads that nobody has looked at: \(url) needs no signature.",
                    remedy: Remedy.closeBucket(patient)
                )
            }
            let written = try await patient.send(.put, url, body: ByteBuffer(string: "ngmi"))
            guard !written.isSuccess else {
                return fault(
                    "Anyone can write to the bucket: a PUT to \(url) needs no signature.",
                    remedy: Remedy.closeBucket(patient)
                )
            }
            if let shown = try await publicCopy(of: trial) {
                return fault(
                    "Anyone can read uploads that nobody has looked at: \(shown) shows more than pictures.",
                    remedy: Remedy.hideIncoming(patient)
                )
            }
            return fine("Without a signature, uploads can be neither read nor replaced.")
        }
    }
}

extension PrivacyCheck {
    /// Where the public address shows the trial's bytes: a CDN, or R2's public bucket, may show all of the bucket.
    private func publicCopy(of trial: TrialUpload) async throws -> String? {
        let key = trial.location.key.rawValue.dropFirst(trial.patient.prefix.count)
        guard let url = trial.patient.setup.picturesURL.map({ "\($0)/\(key)" }) else { return nil }
        do {
            return try await trial.patient.send(.get, url).bytes == ByteBuffer(string: "imgn") ? url : nil
        } catch is AWSError {
            return nil  // Nobody reads anything there; the next check says what is wrong.
        }
    }
}

/// Whether the public gets pictures at the address it is told.
struct PicturesCheck: DoctorCheck {
    let name = "public pictures"

    func look(at patient: DoctorPatient) async throws -> Finding {
        guard let base = patient.setup.picturesURL else {
            return fine("The gallery serves pictures itself (no --pictures-url).")
        }
        for folder in DoctorPatient.publicFolders {
            if let fault = try await fault(in: folder, base, patient) { return fault }
        }
        return fine("Pictures are public at \(base).")
    }

    private func fault(in folder: String, _ base: String, _ patient: DoctorPatient) async throws -> Finding? {
        let (place, path) = try patient.publicTrial(in: folder)
        let url = "\(base)/\(path)"
        return try await TrialUpload.with(patient, at: place) { trial in
            try await trial.write("imgn")
            let answer: PlainAnswer
            do {
                answer = try await patient.send(.get, url)
            } catch let error as AWSError {
                return fault("\(url) cannot be reached: \(error.message)", remedy: Remedy.picturesURL(patient))
            }
            switch answer.status.code {
            case 200 where answer.bytes == ByteBuffer(string: "imgn"): return nil
            case 200: return fault("\(url) is not what was written there.", remedy: Remedy.picturesURL(patient))
            case 401, 403:
                let words = "A picture is not public: \(url) is answered with HTTP \(answer.status.code)."
                return fault(words, remedy: Remedy.publicPictures(patient))
            default:
                let words = "A picture is not found: \(url) is answered with HTTP \(answer.status.code)."
                return fault(words, remedy: Remedy.picturesURL(patient))
            }
        }
    }
}
