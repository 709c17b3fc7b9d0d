import AWSTransport
import HTTPTypes
import NIOCore
import S3

/// Whether browsers let the gallery's pages upload, by a true preflight.
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
        let remedy = Remedy.cors(patient, origin: origin)
        let wanted = Self.headers(patient)
        let answer = try await preflight(patient, origin: origin, headers: wanted)
        let allowed = answer.headers[.accessControlAllowOrigin]
        guard (200..<300).contains(answer.status.code), allowed == origin || allowed == "*" else {
            return fault(
                "The preflight of an upload from \(origin) is refused (\(answer.status.code)).",
                remedy: remedy
            )
        }
        let methods = Self.words(answer.headers, "Access-Control-Allow-Methods")
        guard methods.contains("put") || methods.contains("*") else {
            return fault("The bucket's CORS rules allow no PUT from \(origin).", remedy: remedy)
        }
        let names = Self.words(answer.headers, "Access-Control-Allow-Headers")
        let missing = names.contains("*") ? [] : wanted.filter { !names.contains($0) }
        guard missing.isEmpty else {
            let list = missing.joined(separator: ", ")
            return fault("The bucket's CORS rules do not allow the headers \(list) from \(origin).", remedy: remedy)
        }
        return fine("Browsers may upload from \(origin).")
    }

    private func preflight(
        _ patient: DoctorPatient,
        origin: String,
        headers: [String]
    ) async throws -> (status: HTTPResponse.Status, headers: HTTPFields, bytes: ByteBuffer) {
        var fields: HTTPFields = [.origin: origin, .accessControlRequestMethod: "PUT"]
        fields[.accessControlRequestHeaders] = headers.joined(separator: ",")
        let trial = try TrialUpload(patient)
        return try await patient.send(.options, try await trial.sign("imgn").url, fields)
    }

    /// The words of a list header, in lower case.
    private static func words(_ headers: HTTPFields, _ name: String) -> Set<String> {
        guard let name = HTTPField.Name(name), let text = headers[name] else { return [] }
        return Set(text.lowercased().split(separator: ",").map { $0.filter { !$0.isWhitespace } })
    }
}

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

/// Whether uploads that were not looked at are hidden from the public.
struct PrivacyCheck: DoctorCheck {
    let name = "incoming is private"

    func look(at patient: DoctorPatient) async throws -> Finding {
        try await TrialUpload.with(patient) { trial in
            try await patient.s3.putObject(trial.location, .bytes(ByteBuffer(string: "imgn")))
            let url = try await patient.s3.presignGet(trial.location, seconds: 60).url
            let bare = url.split(separator: "?").first.map(String.init) ?? url
            let answer = try await patient.send(.get, bare)
            guard answer.status.code != 200 else {
                return fault(
                    "Anyone can read uploads that nobody has looked at: \(bare) needs no signature.",
                    remedy: Remedy.publicPictures(patient)
                )
            }
            return fine("Uploads are hidden until they were looked at.")
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
        let name = "doctor-\(UInt64.random(in: 0 ... .max)).txt"
        let place = try patient.location("images", name)
        let settings = ObjectSettings(contentType: "text/plain", acl: patient.setup.acl)
        try await patient.s3.putObject(place, .bytes(ByteBuffer(string: "imgn")), settings)
        let url = "\(base)/images/\(name)"
        do {
            let answer = try await patient.send(.get, url)
            try await patient.s3.deleteObject(place)
            guard answer.status.code == 200, answer.bytes == ByteBuffer(string: "imgn") else {
                let words = "A picture is not public: \(url) is answered with \(answer.status.code)."
                return fault(words, remedy: Remedy.publicPictures(patient))
            }
            return fine("Pictures are public at \(base).")
        } catch {
            try? await patient.s3.deleteObject(place)
            return fault("\(url) cannot be reached: \(error)", remedy: "Check --pictures-url.")
        }
    }
}
