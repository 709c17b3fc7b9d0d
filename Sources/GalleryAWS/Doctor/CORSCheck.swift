import AWSTransport
import HTTPTypes
import S3

/// Whether browsers let the gallery's pages upload, by a true preflight and the upload that it asks for.
struct CORSCheck: DoctorCheck {
    let name = "CORS"

    /// The headers that every upload carries.
    static func headers(_ patient: DoctorPatient) -> [String] {
        ["content-type", "if-none-match", "x-amz-checksum-sha256", "x-amz-meta-name"]
            + (patient.setup.acl == nil ? [] : ["x-amz-acl"])
    }

    func look(at patient: DoctorPatient) async throws -> Finding {
        guard let origin = patient.setup.pageOrigin else {
            return skipped("Not looked at: give the gallery's own address by --public-url.")
        }
        return try await TrialUpload.with(patient) { trial in
            let request = try await trial.sign("imgn")
            let preflight = try await preflight(patient, origin: origin, url: request.url)
            if let words = Self.objection(to: preflight, patient, origin: origin) {
                return fault(words, remedy: Remedy.cors(patient, origin: origin))
            }
            let answer = try await trial.put("imgn", by: request, origin: origin)
            guard Self.allows(answer, origin) else {
                return fault(
                    "The preflight is answered, but pages of \(origin) may not read the answer to the upload itself.",
                    remedy: Remedy.cors(patient, origin: origin)
                )
            }
            return fine("Browsers may upload from \(origin).")
        }
    }

    private func preflight(_ patient: DoctorPatient, origin: String, url: String) async throws -> PlainAnswer {
        var fields: HTTPFields = [.origin: origin, .accessControlRequestMethod: "PUT"]
        fields[.accessControlRequestHeaders] = Self.headers(patient).joined(separator: ",")
        return try await patient.send(.options, url, fields)
    }

    /// Why a browser would not send the upload after this answer to its preflight (Fetch, CORS-preflight fetch).
    private static func objection(to answer: PlainAnswer, _ patient: DoctorPatient, origin: String) -> String? {
        guard answer.isSuccess, allows(answer, origin) else {
            return "The preflight of an upload from \(origin) is refused (HTTP \(answer.status.code))."
        }
        let methods = answer.words("Access-Control-Allow-Methods")
        guard methods.contains("put") || methods.contains("*") else {
            return "The bucket's CORS rules allow no PUT from \(origin)."
        }
        let names = answer.words("Access-Control-Allow-Headers")
        let missing = names.contains("*") ? [] : headers(patient).filter { !names.contains($0) }
        guard missing.isEmpty else {
            return "The bucket's CORS rules do not allow the headers \(missing.joined(separator: ", ")) from \(origin)."
        }
        return nil
    }

    private static func allows(_ answer: PlainAnswer, _ origin: String) -> Bool {
        let allowed = answer.headers[.accessControlAllowOrigin]
        return allowed == origin || allowed == "*"
    }
}
