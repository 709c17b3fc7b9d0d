import HTTPTypes
import SigV4

/// Says how many URLs a second one thread presigns, verifies, and does both with.
///
/// Usage: `SigningRate [SECONDS]`, each measure taking that long. Prints one line a measure: name, tab, rate.
@main
struct SigningRate {
    /// What a ticket binds: key, length, type, digest, and first use.
    static func request(_ number: Int) -> SignableRequest {
        SignableRequest(
            method: .put,
            host: "127.0.0.1:8080",
            target: "/imgn/incoming/\(number)",
            headers: [
                .contentLength: "1048576",
                .contentType: "image/jpeg",
                .ifNoneMatch: "*",
                checksum: "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
            ]
        )
    }

    /// How long a URL is valid, in seconds.
    static let lifetime = 300

    private static let checksum = HTTPField.Name("x-amz-checksum-sha256") ?? .contentLength
    private static let date = SigningDate(secondsSince1970: 1_795_374_000)
    private static let credentials = Credentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE",
        secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    )

    static func main() throws {
        let seconds = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 2
        let signer = Signer(credentials: credentials, region: "us-east-1")
        let verifier = Verifier(region: "us-east-1") { [credentials] _ in credentials }
        let signed = (0..<1000).map { number in
            var request = request(number)
            request.target = signer.presign(request, at: date, expiresInSeconds: lifetime)
            return request
        }
        try measure("presign", for: seconds) { number in
            _ = signer.presign(request(number), at: date, expiresInSeconds: lifetime)
        }
        try measure("verify", for: seconds) { number in
            try check(verifier.verify(signed[number % signed.count], at: date))
        }
        try measure("presign and verify", for: seconds) { number in
            var request = request(number)
            request.target = signer.presign(request, at: date, expiresInSeconds: lifetime)
            try check(verifier.verify(request, at: date))
        }
    }

    /// A signature that does not hold would make the measure worthless.
    static func check(_ verified: VerifiedRequest?) throws {
        guard verified != nil else { throw NotVerified() }
    }

    /// Prints how often a second the work gets done, looking at the clock once in 500 times.
    static func measure(_ name: String, for seconds: Int, _ work: (Int) throws -> Void) rethrows {
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        repeat {
            for number in count..<count + 500 { try work(number) }
            count += 500
        } while clock.now - start < .seconds(seconds)
        print("\(name)\t\(Int(Double(count) / ((clock.now - start) / .seconds(1))))")
    }
}

/// The verifier took the request for an anonymous one.
struct NotVerified: Error {}
