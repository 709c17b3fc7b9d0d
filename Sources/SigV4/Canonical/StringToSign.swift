import Crypto

/// The few lines that are signed instead of the whole request.
enum StringToSign {
    /// `AWS4-HMAC-SHA256`, date, scope, and the hash of the canonical request.
    static func request(_ canonical: CanonicalRequest, date: SigningDate, scope: CredentialScope) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(192)
        append("AWS4-HMAC-SHA256", to: &bytes)
        date.appendBasic(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        append(scope: scope, to: &bytes)
        Hex.append(digest: SHA256.hash(data: canonical.bytes), to: &bytes)
        return bytes
    }

    /// Appends one line.
    static func append(_ line: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: line.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Appends the line of the scope, part by part: cheaper than its description.
    static func append(scope: CredentialScope, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: scope.day.utf8)
        bytes.append(UInt8(ascii: "/"))
        bytes.append(contentsOf: scope.region.utf8)
        bytes.append(UInt8(ascii: "/"))
        bytes.append(contentsOf: scope.service.utf8)
        bytes.append(UInt8(ascii: "/"))
        append(CredentialScope.terminal, to: &bytes)
    }
}
