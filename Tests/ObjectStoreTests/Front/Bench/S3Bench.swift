import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ObjectStore
import SigV4
import Synchronization

/// A front over a store on a temporary folder, a key to sign with, and a clock that stands still.
struct S3Bench: Sendable {
    static let date = SigningDate(secondsSince1970: 1_735_787_045)  // 2025-01-02T03:04:05Z
    static let host = "127.0.0.1:8080"
    static let key = Credentials(accessKeyID: "AKIDBENCH", secretAccessKey: Secret("benchSecret"))
    /// The key of AWS's published examples.
    static let publishedKey = Credentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE",
        secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    )

    let store: ObjectStore
    let bucket: BucketName
    /// Where the store is on disk.
    private let folder: URL
    let clock: BenchClock
    let signer = Signer(credentials: key, region: "us-east-1")
    private let responder: any HTTPResponder<BenchContext>

    /// Sends a request as it is: a head as off the wire, and a body in pieces.
    func send(_ request: SignableRequest, body: BodyPieces = BodyPieces("")) async throws -> S3Answer {
        try await S3Answer(await respond(to: request, body: body))
    }

    /// Sends a request and takes the head of the answer; its body is not written yet.
    func respond(to request: SignableRequest, body: BodyPieces = BodyPieces("")) async throws -> Response {
        let head = HTTPRequest(
            method: request.method,
            scheme: "http",
            authority: request.host,
            path: request.target,
            headerFields: request.headers
        )
        let context = BenchContext(source: BenchContextSource())
        let request = Request(head: head, body: RequestBody(asyncSequence: body))
        return try await responder.respond(to: request, context: context)
    }

    /// Sends a request signed by header, its body bound by its SHA-256.
    func call(
        _ method: HTTPRequest.Method,
        _ target: String,
        _ headers: HTTPFields = [:],
        body: String = ""
    ) async throws -> S3Answer {
        var request = SignableRequest(method: method, host: Self.host, target: target, headers: headers)
        if method == .put || method == .post, headers[.contentLength] == nil {
            request.headers[.contentLength] = String(body.utf8.count)
        }
        let digest = SHA256.hash(data: Array(body.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        let signed = signer.sign(request, payload: .digest(digest.joined()), at: Self.date)
        return try await send(signed, body: BodyPieces(body))
    }

    /// A presigned request: what it signs is in its headers.
    func presign(
        _ method: HTTPRequest.Method,
        _ target: String,
        _ headers: HTTPFields = [:],
        expiresInSeconds: Int = 300
    ) -> SignableRequest {
        var request = SignableRequest(method: method, host: Self.host, target: target, headers: headers)
        request.target = signer.presign(request, at: Self.date, expiresInSeconds: expiresInSeconds)
        return request
    }

    /// Stores an object for a test to work on.
    @discardableResult
    func put(_ key: String, _ body: String = "0123456789", _ headers: HTTPFields = [:]) async throws -> S3Answer {
        try await call(.put, "/\(bucket.rawValue)/" + URICoding.encode(key, keepingSlash: true), headers, body: body)
    }

    /// What the store itself says of a key.
    func stored(_ key: String) async throws -> ObjectInfo? {
        guard let key = ObjectKey(rawValue: key) else { return nil }
        return try await store.head(key, in: bucket)
    }

    /// The name of that folder, which no answer may tell.
    var folderName: String { folder.lastPathComponent }

    /// Overwrites every object's file.
    func damageObjects() throws {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        for case let file as URL in files ?? .init() where file.pathExtension == "o" {
            try Data("damaged".utf8).write(to: file)
        }
    }

    private init(
        store: ObjectStore,
        bucket: BucketName,
        folder: URL,
        front configuration: ObjectStoreFront.Configuration
    ) {
        let clock = BenchClock(Self.date)
        self.store = store
        self.bucket = bucket
        self.folder = folder
        self.clock = clock
        let verifier = Verifier(region: "us-east-1") { id in
            [Self.key, Self.publishedKey].first { $0.accessKeyID == id }
        }
        let front = ObjectStoreFront(
            store: store,
            verifier: verifier,
            configuration: configuration,
            now: { clock.now }
        )
        let router = Router(context: BenchContext.self)
        router.middlewares.add(ObjectStoreMiddleware(front))
        router.get("/") { _, _ in "the gallery" }
        responder = router.buildResponder()
    }

    /// Runs a test on a fresh store, which is gone afterwards.
    static func with(
        buckets names: [String] = ["imgn"],
        keepFreeBytes: Int64 = 0,
        maximumObjectBytes: Int64 = 5 << 30,
        minimumPartByteCount: Int64 = 5 << 20,
        reservedBucketNames: Set<String> = [],
        onObjectCreated: @escaping @Sendable (BucketName, ObjectKey) -> Void = { _, _ in },
        _ test: (S3Bench) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("front-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let buckets = names.compactMap { BucketName(rawValue: $0) }
        guard let first = buckets.first else { throw NoBucketError() }
        let configuration = ObjectStore.Configuration(
            directory: folder.path,
            buckets: buckets,
            keepFreeBytes: keepFreeBytes,
            minimumPartByteCount: minimumPartByteCount,
            onObjectCreated: onObjectCreated,
            now: { Self.date.secondsSince1970 * 1000 + 678 }
        )
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let store = try await ObjectStore.open(configuration, pool: .singleton, logger: logger)
        let front = ObjectStoreFront.Configuration(
            maximumObjectBytes: maximumObjectBytes,
            reservedBucketNames: reservedBucketNames
        )
        try await test(S3Bench(store: store, bucket: first, folder: folder, front: front))
    }

    struct NoBucketError: Error {}
}

/// A clock that a test sets.
final class BenchClock: Sendable {
    private let time: Mutex<SigningDate>

    init(_ start: SigningDate) {
        time = Mutex(start)
    }

    var now: SigningDate {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }
}

/// A request context without a channel.
struct BenchContext: RequestContext {
    typealias Source = BenchContextSource

    var coreContext: CoreRequestContextStorage

    init(source: BenchContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}

/// Gives every request the id that a server would.
struct BenchContextSource: RequestContextSource {
    var logger: Logger {
        var logger = Logger(label: "bench") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        logger[metadataKey: "hb.request.id"] = "request-7"
        return logger
    }
}
