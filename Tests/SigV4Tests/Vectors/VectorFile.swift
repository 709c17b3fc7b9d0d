import Foundation
import HTTPTypes

@testable import SigV4

/// A file of vectors made by another implementation: one key, one date, many cases.
struct VectorFile<Case: Decodable & Sendable>: Decodable, Sendable {
    let accessKey: String
    let secretKey: String
    let date: String?
    let cases: [Case]

    init(_ name: String) {
        do {
            guard let url = Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json") else {
                preconditionFailure("no fixture \(name)")
            }
            self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
        } catch {
            preconditionFailure("fixture \(name): \(error)")
        }
    }

    func credentials(sessionToken: String? = nil) -> Credentials {
        Credentials(accessKeyID: accessKey, secretAccessKey: Secret(secretKey), sessionToken: sessionToken)
    }
}

extension SigningDate {
    /// The date of all vectors made here: 2025-01-02T03:04:05Z.
    static let example = SigningDate(secondsSince1970: 1_735_787_045)
}

extension String {
    /// The method with this name.
    var httpMethod: HTTPRequest.Method { HTTPRequest.Method(rawValue: self) ?? .get }
}

extension HTTPFields {
    /// Fields by their names; a name that is none is left out.
    init(_ fields: [(String, String)]) {
        self.init()
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
        }
    }
}
