/// The three components of an `Authorization` header with version 4.
struct AuthorizationComponents {
    /// `AKID/20250102/us-east-1/s3/aws4_request`, not yet split.
    let credential: String
    /// Lower-case names joined by `;`.
    let signedHeaders: String
    /// 64 hexadecimal digits, if all is well.
    let signature: String

    /// Splits `AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c`; blanks behind commas may be missing.
    init(_ authorization: String) throws(SigV4Error) {
        let blank = authorization.firstIndex(of: " ") ?? authorization.endIndex
        let type = authorization[..<blank]
        guard type == SignatureClaim.algorithm else {
            throw type.hasPrefix("AWS") ? .otherSignatureVersion : .otherAuthorizationType
        }
        var values: [Substring: Substring] = [:]
        for component in authorization[blank...].split(separator: ",", omittingEmptySubsequences: false) {
            let trimmed = component.drop { $0 == " " }
            let parts = trimmed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, Self.names.contains(parts[0]) else {
                throw .headerMalformed("expecting Credential, SignedHeaders and Signature, separated by commas.")
            }
            guard values.updateValue(parts[1], forKey: parts[0]) == nil else {
                throw .headerMalformed("\(parts[0]) must be given only once.")
            }
        }
        credential = try Self.require("Credential", of: values)
        signedHeaders = try Self.require("SignedHeaders", of: values)
        signature = try Self.require("Signature", of: values)
    }

    private static let names: Set<Substring> = ["Credential", "SignedHeaders", "Signature"]

    private static func require(_ name: Substring, of values: [Substring: Substring]) throws(SigV4Error) -> String {
        guard let value = values[name], !value.isEmpty else { throw .headerMalformed("missing \(name).") }
        return String(value)
    }
}
