import AWSTransport
import Crypto
import HTTPTypes
import NIOCore
import S3

/// An object that is written to see what the store says, and removed again.
struct TrialUpload {
    let patient: DoctorPatient
    let location: S3Location

    /// Runs something with a place that nobody else uses, and removes what it has left there.
    ///
    /// - Throws: What the body throws; else, what removing throws.
    static func with<Result>(
        _ patient: DoctorPatient,
        at location: S3Location? = nil,
        _ body: (TrialUpload) async throws -> Result
    ) async throws -> Result {
        let trial = TrialUpload(patient: patient, location: location ?? patient.incomingTrial())
        do {
            let result = try await body(trial)
            try await patient.s3.deleteObject(trial.location)
            return result
        } catch {
            try? await patient.s3.deleteObject(trial.location)
            throw error
        }
    }

    /// Writes the text with the gallery's own keys.
    func write(_ text: String) async throws {
        try await patient.s3.putObject(location, .bytes(ByteBuffer(string: text)), patient.settings)
    }

    /// A request that allows to put exactly this text here, once.
    ///
    /// - Parameter bindsDigest: Whether the text's SHA-256 is bound, too, and not its length alone.
    func sign(_ text: String, bindsDigest: Bool = true) async throws -> PresignedRequest {
        let bytes = Array(text.utf8)
        let body = PresignedBody(
            byteCount: Int64(bytes.count),
            sha256: bindsDigest ? Array(SHA256.hash(data: bytes)) : nil
        )
        return try await patient.s3.presignPut(
            location,
            body,
            patient.settings,
            PresignTerms(condition: .ifAbsent, seconds: 60)
        )
    }

    /// The object's address without a signature.
    func bareURL() async throws -> String {
        let signed = try await patient.s3.presignGet(location, seconds: 60).url
        return signed.split(separator: "?").first.map(String.init) ?? signed
    }

    /// Sends text by a request that was signed.
    func put(_ text: String, by request: PresignedRequest, origin: String? = nil) async throws -> PlainAnswer {
        var headers = request.headers
        headers[.origin] = origin
        return try await patient.send(.put, request.url, headers, body: ByteBuffer(string: text))
    }
}

/// What a store says to a request that a browser sent.
struct PlainAnswer {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let bytes: ByteBuffer

    /// Whether the store did as it was asked.
    var isSuccess: Bool { status.kind == .successful }

    /// Whether the store understood the request, and said no.
    var isRefusal: Bool { status.kind == .clientError }

    /// What the store objected to.
    var error: AWSError { XMLErrorReader().error(status: status, headers: headers, body: bytes) }

    /// The words of a list header, in lower case.
    func words(_ name: String) -> Set<String> {
        guard let name = HTTPField.Name(name), let text = headers[name] else { return [] }
        return Set(text.lowercased().split(separator: ",").map { $0.filter { !$0.isWhitespace } })
    }
}

extension DoctorPatient {
    /// Sends a request as a browser does, without credentials.
    func send(
        _ method: HTTPRequest.Method,
        _ url: String,
        _ headers: HTTPFields = [:],
        body: ByteBuffer? = nil
    ) async throws -> PlainAnswer {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, let endpoint = AWSEndpoint("\(parts[0])//\(parts[2])") else {
            throw AWSError(.badRequest, "\(url) is no address.")
        }
        let target = "/" + (parts.count == 4 ? parts[3] : "")
        var request = AWSHTTPRequest(method, at: endpoint, target: target, headers: headers)
        if let body { request.body = .bytes(body) }
        return try await http.execute(request, timeouts: AWSTimeouts()) { response in
            PlainAnswer(
                status: response.status,
                headers: response.headers,
                bytes: try await response.collect(upTo: 1 << 20)
            )
        }
    }
}
