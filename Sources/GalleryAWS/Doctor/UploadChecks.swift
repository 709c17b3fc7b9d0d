import AWSTransport
import Crypto
import HTTPTypes
import NIOCore
import S3
import SigV4

/// A browser's PUT to a URL we signed, and what the store says to it.
struct TrialUpload {
    let patient: DoctorPatient
    let location: S3Location

    init(_ patient: DoctorPatient) throws {
        self.patient = patient
        location = try patient.location("incoming", "doctor-\(UInt64.random(in: 0 ... .max))")
    }

    /// Runs something with a trial, and removes what it has left behind.
    static func with<Result>(
        _ patient: DoctorPatient,
        _ body: (TrialUpload) async throws -> Result
    ) async throws -> Result {
        let trial = try TrialUpload(patient)
        do {
            let result = try await body(trial)
            try await patient.s3.deleteObject(trial.location)
            return result
        } catch {
            try? await patient.s3.deleteObject(trial.location)
            throw error
        }
    }

    /// A request that allows to put exactly these bytes here.
    func sign(_ bytes: String) async throws -> PresignedRequest {
        let body = PresignedBody(
            byteCount: Int64(bytes.utf8.count),
            sha256: Array(SHA256.hash(data: Array(bytes.utf8)))
        )
        let settings = ObjectSettings(contentType: "text/plain", acl: patient.setup.acl)
        return try await patient.s3.presignPut(location, body, settings, PresignTerms(seconds: 60))
    }

    /// Sends bytes by a request that was signed, and returns the status.
    func put(_ bytes: String, by request: PresignedRequest) async throws -> Int {
        try await patient.send(.put, request.url, request.headers, body: ByteBuffer(string: bytes)).status.code
    }
}

extension DoctorPatient {
    /// Sends a request as a browser does, without credentials.
    func send(
        _ method: HTTPRequest.Method,
        _ url: String,
        _ headers: HTTPFields = [:],
        body: ByteBuffer? = nil
    ) async throws -> (status: HTTPResponse.Status, headers: HTTPFields, bytes: ByteBuffer) {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, let endpoint = AWSEndpoint("\(parts[0])//\(parts[2])") else {
            throw AWSError(.badRequest, "\(url) is no address.")
        }
        let target = "/" + (parts.count == 4 ? parts[3] : "")
        var request = AWSHTTPRequest(method, at: endpoint, target: target, headers: headers)
        if let body { request.body = .bytes(body) }
        return try await http.execute(request, timeouts: AWSTimeouts()) { response in
            (response.status, response.headers, try await response.collect(upTo: 1 << 20))
        }
    }
}

/// Whether a presigned PUT works, and only for the file it was made for.
struct PresignedUploadCheck: DoctorCheck {
    let name = "presigned upload"

    func look(at patient: DoctorPatient) async throws -> Finding {
        try await TrialUpload.with(patient) { trial in
            let request = try await trial.sign("imgn")
            let longer = try await trial.put("imgn and more", by: request)
            guard longer >= 400 else {
                return fault(
                    "The store takes more bytes than a URL was signed for (status \(longer)).",
                    remedy: "This store does not check signed lengths: do not let strangers upload to it."
                )
            }
            let status = try await trial.put("imgn", by: request)
            guard status == 200 else {
                return fault("A presigned PUT is answered with \(status).", remedy: Remedy.policy(patient))
            }
            return fine("A presigned PUT works, and only for the bytes it was made for.")
        }
    }
}

/// Whether a URL works once only.
struct OverwriteCheck: DoctorCheck {
    let name = "conditional write"

    func look(at patient: DoctorPatient) async throws -> Finding {
        try await TrialUpload.with(patient) { trial in
            let request = try await trial.sign("imgn")
            _ = try await trial.put("imgn", by: request)
            let again = try await trial.put("imgn", by: request)
            guard again == 412 || again == 409 else {
                return advice(
                    "The store ignores If-None-Match: a URL works until it expires, not once (status \(again)).",
                    remedy: """
                        Nothing unsafe gets public: the gallery then reads each upload whole and publishes exactly \
                        what it has read. A store that knows conditional writes spares that (AWS S3, Ceph, SeaweedFS).
                        """
                )
            }
            return fine("A presigned PUT works once: If-None-Match is honoured.")
        }
    }
}

/// Whether the store refuses bytes of another digest.
struct ChecksumCheck: DoctorCheck {
    let name = "checksum"

    func look(at patient: DoctorPatient) async throws -> Finding {
        try await TrialUpload.with(patient) { trial in
            let status = try await trial.put("ngmi", by: try await trial.sign("imgn"))
            guard status >= 400 else {
                return advice(
                    "The store ignores x-amz-checksum-sha256: it took other bytes than were announced.",
                    remedy: """
                        The gallery then computes every upload's digest itself, which costs reading it once. \
                        A store that checks digests spares that (AWS S3, SeaweedFS).
                        """
                )
            }
            return fine("Bytes of another digest are refused.")
        }
    }
}

/// Whether uploads in parts can be begun and dropped.
struct MultipartCheck: DoctorCheck {
    let name = "multipart upload"

    func look(at patient: DoctorPatient) async throws -> Finding {
        let place = try patient.location("incoming", "doctor-\(UInt64.random(in: 0 ... .max))")
        let upload = try await patient.s3.createMultipart(place, ObjectSettings(acl: patient.setup.acl))
        _ = try await patient.s3.uploadPart(1, of: upload, .bytes(ByteBuffer(string: "imgn")))
        let parts = try await patient.s3.parts(of: upload)
        try await patient.s3.abortMultipart(upload)
        guard parts?.map(\.number) == [1] else {
            return fault("A part that was sent is not listed.", remedy: Remedy.policy(patient))
        }
        return fine("Uploads in parts can be begun, listed and dropped.")
    }
}
