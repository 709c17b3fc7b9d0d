/// What `Credential=` says: whose key, and for what scope; five parts between slashes.
struct ClaimedCredential: Equatable {
    /// The public name of the key.
    let accessKeyID: String
    /// Day, region and service as claimed.
    let scope: CredentialScope
    /// The last part; `aws4_request` if all is well.
    let terminal: String

    /// Splits `AKID/20250102/us-east-1/s3/aws4_request`; anything but five parts with a key and a day is `nil`.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 5, !parts[0].isEmpty, Self.isDay(parts[1]) else { return nil }
        accessKeyID = String(Substring(parts[0]))
        scope = CredentialScope(
            day: String(Substring(parts[1])),
            region: String(Substring(parts[2])),
            service: String(Substring(parts[3]))
        )
        terminal = String(Substring(parts[4]))
    }

    private static func isDay(_ text: some Collection<UInt8>) -> Bool {
        text.count == 8 && text.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
