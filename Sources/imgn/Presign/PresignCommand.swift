import ArgumentParser
import HTTPTypes
import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `imgn presign`: a presigned URL for any S3-compatible store, path-style.
struct PresignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presign",
        abstract: "Print a presigned URL for any S3-compatible store.",
        discussion: "The secret key is taken from AWS_SECRET_ACCESS_KEY, a session token from AWS_SESSION_TOKEN."
    )

    @Option(help: "Scheme and authority of the store, such as http://127.0.0.1:8080.")
    var endpoint: String

    @Option(help: "The region the store expects.")
    var region = "us-east-1"

    @Option(name: .customLong("access-key-id"), help: "The access key; default: AWS_ACCESS_KEY_ID.")
    var accessKeyID: String?

    @Option(help: "GET, PUT, HEAD or DELETE.")
    var method = "GET"

    @Option(help: "The bucket.")
    var bucket: String

    @Option(help: "The object's key.")
    var key: String

    @Option(name: .customLong("header"), help: "A header the request must carry, 'name: value'; may be repeated.")
    var headers: [String] = []

    @Option(help: "Seconds the URL is good for, 1 to 604800.")
    var expires = 300

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let id = accessKeyID ?? environment["AWS_ACCESS_KEY_ID"],
            let secret = environment["AWS_SECRET_ACCESS_KEY"]
        else {
            throw ValidationError("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to the store's keys.")
        }
        guard (1...604_800).contains(expires) else { throw ValidationError("--expires must be 1 to 604800 seconds.") }
        guard let method = HTTPRequest.Method(method) else { throw ValidationError("--method is no HTTP method.") }
        let parts = endpoint.split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count == 2, ["http:", "https:"].contains(parts[0]) else {
            throw ValidationError("--endpoint must be like https://s3.example.com, without a path.")
        }
        let signer = Signer(
            credentials: Credentials(
                accessKeyID: id,
                secretAccessKey: Secret(secret),
                sessionToken: environment["AWS_SESSION_TOKEN"]
            ),
            region: region
        )
        let request = SignableRequest(
            method: method,
            host: String(parts[1]),
            target: "/\(bucket)/\(URICoding.encode(key, keepingSlash: true))",
            headers: try fields()
        )
        let now = SigningDate(secondsSince1970: Int64(Date().timeIntervalSince1970))
        print("\(parts[0])//\(parts[1])" + signer.presign(request, at: now, expiresInSeconds: expires))
    }

    private func fields() throws -> HTTPFields {
        var fields = HTTPFields()
        for header in headers {
            guard let colon = header.firstIndex(of: ":"), let name = HTTPField.Name(String(header[..<colon])) else {
                throw ValidationError("--header must be 'name: value'.")
            }
            fields[name] = String(header[header.index(after: colon)...].drop(while: \.isWhitespace))
        }
        return fields
    }
}
