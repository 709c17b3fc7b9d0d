import AWSTransport
import Logging
import S3
import SigV4

/// What tests name often.
enum Bench {
    static let now = SigningDate(secondsSince1970: 1_735_787_045)  // 2025-01-02T03:04:05Z
    static let key = Credentials(accessKeyID: "AKIDBENCH", secretAccessKey: Secret("benchSecret"))
    static let temporaryKey = Credentials(
        accessKeyID: "ASIABENCH",
        secretAccessKey: Secret("benchSecret"),
        sessionToken: "a+token/of=session",
        expiresAt: SigningDate(secondsSince1970: now.secondsSince1970 + 120)
    )

    /// A clock that stands, and waits for nothing.
    static let clock = AWSClock(now: { now }, sleep: { _ in }, random: { 0 })

    static func location(_ key: String = "some/key", bucket: String = "imgn") throws -> S3Location {
        guard let bucket = S3Bucket(bucket), let key = S3Key(key) else { throw BadName() }
        return S3Location(bucket: bucket, key: key)
    }

    static func upload(_ id: String) throws -> MultipartUpload {
        guard let upload = MultipartUpload(try location(), id: id) else { throw BadName() }
        return upload
    }

    struct BadName: Error {}
}

extension S3Client {
    /// A client of a store that is only a function.
    init(
        _ exchange: any HTTPExchange,
        at endpoint: String = "http://127.0.0.1:9000",
        key: Credentials = Bench.key,
        addressing: S3Addressing = .automatic
    ) throws {
        guard let endpoint = AWSEndpoint(endpoint) else { throw Bench.BadName() }
        var configuration = AWSClientConfiguration()
        configuration.clock = Bench.clock
        let client = AWSClient(
            service: "s3",
            region: "us-east-1",
            endpoint: endpoint,
            credentials: StaticCredentials(key),
            http: exchange,
            configuration: configuration,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        self.init(client, addressing: addressing)
    }
}
