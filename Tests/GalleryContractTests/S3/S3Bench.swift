import AWSTransport
import Foundation
import GalleryAWS
import GalleryCore
import GalleryTesting
import HTTPTypes
import Logging
import NIOCore
import NIOPosix
import ObjectStore
import S3
import SigV4
import Testing

/// An S3 to run a storage on, and what a test needs to know of it.
struct S3Bench: Sendable {
    let client: S3Client
    let keys: GalleryKeys
    let endpoint: AWSEndpoint
    let exchange: any HTTPExchange

    /// The storage, with what a probe finds out about the store.
    func storage(acl: String? = nil, now: @escaping @Sendable () -> Date = { Date() }) async throws -> S3ImageStorage {
        S3ImageStorage(
            client,
            configuration: .init(keys: keys, acl: acl),
            abilities: try await S3StoreProbe(client, keys: keys).run(),
            now: now
        )
    }

    /// What a client's PUT to a part's URL does.
    func putPart(_ bytes: [UInt8], _ number: Int, _ upload: LargeUpload, _ storage: S3ImageStorage) async throws {
        var hasher = ContentHasher(byteCount: 1)
        hasher.update(bytes)
        let part = UploadPart(number: number, byteCount: Int64(bytes.count), digest: hasher.finalize())
        let lifetime = (from: Date(), seconds: 60)
        let url = try await storage.presignPart(part, of: upload, origin: "", lifetime: lifetime)
        try await put(bytes, to: url)
    }

    /// Sends bytes to a presigned URL, with exactly its headers.
    func put(_ bytes: [UInt8], to upload: PresignedUpload) async throws {
        let base = endpoint.description
        try #require(upload.url.hasPrefix(base))
        var request = AWSHTTPRequest(.put, at: endpoint, target: String(upload.url.dropFirst(base.count)))
        for header in upload.headers { HTTPField.Name(header.name).map { request.headers[$0] = header.value } }
        request.body = .bytes(ByteBuffer(bytes: bytes))
        try await exchange.execute(request, timeouts: AWSTimeouts()) { answer in
            let text = try await String(buffer: answer.collect(upTo: 10_000))
            guard answer.status == .ok else { throw Refused(status: answer.status.code, text: text) }
        }
    }

    /// A PUT that the store refused.
    struct Refused: Error {
        let status: Int
        let text: String
    }

    private init(_ exchange: any HTTPExchange, _ endpoint: AWSEndpoint, _ key: Credentials, _ keys: GalleryKeys) {
        var configuration = AWSClientConfiguration()
        let system = AWSClock.system
        configuration.clock = AWSClock(now: system.now, sleep: { _ in }, random: { 0 })
        let client = AWSClient(
            service: "s3",
            region: "us-east-1",
            endpoint: endpoint,
            credentials: StaticCredentials(key),
            http: exchange,
            configuration: configuration,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        self.client = S3Client(client)
        self.keys = keys
        self.endpoint = endpoint
        self.exchange = exchange
    }
}

// MARK: Our own store

extension S3Bench {
    private static let key = Credentials(accessKeyID: "ID", secretAccessKey: Secret("secret"))

    private static var anyKeys: GalleryKeys {
        get throws { try GalleryKeys(bucket: S3Bucket("imgn").unwrapped(), prefix: "gallery").unwrapped() }
    }

    /// Runs the body on our own object store, without sockets; the store sees none of the overlooked headers.
    static func own(overlooking overlooked: Set<String> = [], _ body: (S3Bench) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            let bucket = try BucketName(rawValue: "imgn").unwrapped()
            let store = try await ObjectStore.open(
                ObjectStore.Configuration(directory: folder, buckets: [bucket], keepFreeBytes: 0),
                pool: .singleton,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            )
            let front = ObjectStoreFront(
                store: store,
                verifier: Verifier(region: "us-east-1") { $0 == key.accessKeyID ? key : nil },
                now: { SigningDate(secondsSince1970: Int64(Date().timeIntervalSince1970)) }
            )
            let lax = LaxExchange(
                strict: FrontExchange(front: front),
                signer: Signer(credentials: key, region: "us-east-1"),
                overlooked: overlooked
            )
            try await body(S3Bench(lax, AWSEndpoint("http://store.test:9000").unwrapped(), key, anyKeys))
        }
    }
}

// MARK: No store

extension S3Bench {
    /// Runs the body on a client whose every request finds nobody, at once.
    static func unreachable(_ body: (S3Client) async throws -> Void) async throws {
        try await body(S3Bench(Nobody(), AWSEndpoint("http://store.test").unwrapped(), key, anyKeys).client)
    }

    /// A network without anybody in it.
    private struct Nobody: HTTPExchange {
        func execute<Answer: Sendable>(
            _ request: AWSHTTPRequest,
            timeouts: AWSTimeouts,
            _ read: @escaping @Sendable (AWSResponse) async throws -> Answer
        ) async throws -> Answer {
            throw AWSError(.transport, "nobody is there")
        }
    }
}

// MARK: Another store

extension S3Bench {
    /// Where another store is: `IMGN_TEST_S3=http://ACCESS:SECRET@HOST:PORT/BUCKET`.
    static var otherStore: String? { ProcessInfo.processInfo.environment["IMGN_TEST_S3"] }

    /// Runs the body on the store that ``otherStore`` names, under a prefix of its own, which is left behind.
    static func other(_ body: (S3Bench) async throws -> Void) async throws {
        let url = try URLComponents(string: otherStore.unwrapped()).unwrapped()
        let key = try Credentials(
            accessKeyID: url.user.unwrapped(),
            secretAccessKey: Secret(url.password.unwrapped())
        )
        let authority = try url.host.unwrapped() + (url.port.map { ":\($0)" } ?? "")
        let endpoint = try AWSEndpoint("\(url.scheme.unwrapped())://\(authority)").unwrapped()
        let bucket = try S3Bucket(String(url.path.dropFirst())).unwrapped()
        let keys = try GalleryKeys(bucket: bucket, prefix: "test-\(ImageID.random())").unwrapped()
        try await AsyncHTTPClientExchange.withExchange { exchange in
            try await body(S3Bench(exchange, endpoint, key, keys))
        }
    }
}
