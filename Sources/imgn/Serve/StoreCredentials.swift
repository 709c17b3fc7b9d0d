import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The embedded store's keys in `DIR/credentials`, in the AWS shared-credentials format: made on first start, mode
/// 0600.
struct StoreCredentials: Sendable {
    static let profile = "imgn"
    static let region = "us-east-1"

    let credentials: Credentials

    /// Reads the file, or makes it with new random keys.
    ///
    /// - Throws: `StartFailure.credentials` when the file holds no keys or cannot be written.
    init(path: String) throws(StartFailure) {
        do {
            if !FileManager.default.fileExists(atPath: path) {
                try DurableFile.create(path: path, content: Self.newFile(), mode: 0o600)
            }
            credentials = try Self.parse(String(contentsOfFile: path, encoding: .utf8))
        } catch let error as Malformed {
            throw .credentials(path: path, reason: error.description)
        } catch {
            throw .credentials(path: path, reason: "\(error)")
        }
    }

    private struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    /// The two keys of the profile `imgn`.
    private static func parse(_ text: String) throws -> Credentials {
        var section = ""
        var values: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline).map({ $0.trimmingPrefix(while: \.isWhitespace) }) {
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                section = String(line[line.index(after: line.startIndex)..<end])
            } else if section == profile, let equals = line.firstIndex(of: "=") {
                let name = line[..<equals].filter { !$0.isWhitespace }
                values[name] = line[line.index(after: equals)...].filter { !$0.isWhitespace }
            }
        }
        guard let id = values["aws_access_key_id"], let secret = values["aws_secret_access_key"], !id.isEmpty,
            !secret.isEmpty
        else {
            throw Malformed(
                description: "it has no profile [\(profile)] with aws_access_key_id and aws_secret_access_key"
            )
        }
        return Credentials(accessKeyID: id, secretAccessKey: Secret(secret))
    }

    private static func newFile() -> String {
        """
        # The keys of imgn's embedded object store. Whoever has them may read and write everything in it.
        [\(profile)]
        aws_access_key_id = IMGN\(random(16, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
        aws_secret_access_key = \(random(40, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))
        region = \(region)

        """
    }

    /// Letters from the system's random source.
    private static func random(_ count: Int, from alphabet: String) -> String {
        String((0..<count).compactMap { _ in alphabet.randomElement() })
    }
}
