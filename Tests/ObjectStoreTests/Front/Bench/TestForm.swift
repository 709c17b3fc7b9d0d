import Crypto
import Foundation
import HTTPTypes
import SigV4

@testable import ObjectStore

/// The form of a browser's upload, signed here by hand: a second opinion on how a policy is signed.
struct TestForm: Sendable {
    /// The fields before the file, in order; the policy's conditions are made of them.
    var fields: [(name: String, value: String)]
    /// More conditions, as JSON.
    var conditions: [String] = []
    /// When the policy ends.
    var expiration = "2025-01-02T03:05:05.000Z"
    /// The whole policy document instead of the one made of fields and conditions.
    var document: String?
    /// Fields that no condition is to cover.
    var uncovered: Set<String> = []
    /// The file; nil for a form without one.
    var file: String? = "0123456789"
    /// The file's name.
    var fileName = "cat.jpg"
    /// What follows the file.
    var trailing: [(name: String, value: String)] = []
    /// The secret that signs.
    var secret = "benchSecret"
    /// Fields to change once everything is signed; nil takes one out.
    var changes: [String: String?] = [:]

    static let boundary = "----form"

    init(_ fields: [(name: String, value: String)] = [("key", "up/cat.jpg")]) {
        self.fields = fields
    }

    /// Every field with its value, signature included.
    private var signedFields: [(name: String, value: String)] {
        var all = fields
        all += [
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            ("X-Amz-Credential", "\(S3Bench.key.accessKeyID)/20250102/us-east-1/s3/aws4_request"),
            ("X-Amz-Date", "20250102T030405Z"),
        ]
        let policy = Base64.encode(Array((document ?? policyText(all)).utf8))
        all += [("Policy", policy), ("X-Amz-Signature", signature(of: policy))]
        return all.compactMap { field in
            guard let change = changes[field.name] else { return field }
            return change.map { (field.name, $0) }
        }
    }

    private func policyText(_ fields: [(name: String, value: String)]) -> String {
        let covered = fields.filter { !uncovered.contains($0.name) && $0.name != "bucket" }
        let own = covered.map { "{\(Self.json($0.name)): \(Self.json($0.value))}" }
        let all = ["{\"bucket\": \"imgn\"}"] + own + conditions
        return "{\"expiration\": \"\(expiration)\", \"conditions\": [\(all.joined(separator: ", "))]}"
    }

    private static func json(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    private func signature(of policy: String) -> String {
        var key = SymmetricKey(data: Array("AWS4\(secret)".utf8))
        for part in ["20250102", "us-east-1", "s3", "aws4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        return hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(policy.utf8), using: key))
    }

    /// The form's bytes.
    var body: String {
        var text = ""
        for (name, value) in signedFields { text += Self.part(name, value) }
        if let file {
            text += "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(fileName)\"\r\n"
            text += "Content-Type: image/png\r\n\r\n\(file)\r\n"
        }
        for (name, value) in trailing { text += Self.part(name, value) }
        return text + "--\(Self.boundary)--\r\n"
    }

    private static func part(_ name: String, _ value: String) -> String {
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
}

extension S3Bench {
    /// Sends a form as a browser does.
    func post(
        _ form: TestForm,
        to target: String = "/imgn",
        _ headers: HTTPFields = [:],
        body: BodyPieces? = nil
    ) async throws -> S3Answer {
        var headers = headers
        headers[.contentType] = "multipart/form-data; boundary=\(TestForm.boundary)"
        let request = SignableRequest(method: .post, host: Self.host, target: target, headers: headers)
        return try await send(request, body: body ?? BodyPieces(form.body))
    }
}
