import AWSTransport
import Foundation
import GalleryAWS
import GalleryCore
import GalleryTesting
import ImageMetadata
import NIOCore
import S3
import Testing

@Suite("The storage on S3")
struct S3StorageTests {
    private let bytes = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 11 &+ $0 >> 8) }

    @Test("finds out that our own store does all it should")
    func ownAbilities() async throws {
        try await S3Bench.own { bench in
            let storage = try await bench.storage()
            #expect(storage.abilities == StoreAbilities())
            #expect(storage.abilities.shortcomings.isEmpty)
            let page = try await bench.client.listObjects(in: bench.keys.bucket)
            #expect(page.objects.isEmpty, "the probe cleans up")
        }
    }

    @Test(
        "finds out what a store overlooks",
        arguments: [
            ("if-none-match", StoreAbilities(conditionalWrites: false)),
            ("x-amz-checksum-sha256", StoreAbilities(checksumsEnforced: false, partChecksums: .ignored)),
            ("x-amz-checksum-mode", StoreAbilities(checksumsEnforced: false, partChecksums: .ignored)),
        ]
    )
    func abilities(overlooked: String, abilities: StoreAbilities) async throws {
        try await S3Bench.own(overlooking: [overlooked]) { bench in
            let storage = try await bench.storage()
            #expect(storage.abilities == abilities)
            #expect(storage.abilities.shortcomings.count == 1)
        }
    }

    @Test("takes one PUT to the URL it signed, with name, type and digest, and no second one")
    func upload() async throws {
        try await S3Bench.own { bench in
            let storage = try await bench.storage()
            let id = ImageID.random()
            var hasher = ContentHasher(byteCount: Int64(bytes.count))
            hasher.update(bytes)
            let digest = hasher.finalize()
            let request = UploadRequest(
                name: FileName("naïve \u{1F600}.png"),
                mediaType: "image/png",
                byteCount: Int64(bytes.count),
                digest: digest
            )
            let lifetime = (from: Date(), seconds: 300)
            let url = try await storage.presignUpload(id, request, origin: "http://ignored", lifetime: lifetime)
            #expect(
                url.headers.map(\.name)
                    == ["content-type", "x-amz-checksum-sha256", "x-amz-meta-name", "if-none-match"]
            )
            await #expect(throws: S3Bench.Refused.self) { try await bench.put(Array(bytes.dropLast()), to: url) }
            try await bench.put(bytes, to: url)
            await #expect(throws: S3Bench.Refused.self) { try await bench.put(bytes, to: url) }
            let object = try #require(try await storage.incoming(id))
            #expect(object.name == request.name && object.digest == digest)
        }
    }

    @Test("signs the ACL it was told into every write, and none otherwise")
    func acl() async throws {
        try await S3Bench.own { bench in
            let request = UploadRequest(name: FileName("a"), mediaType: "image/png", byteCount: 1, digest: nil)
            let lifetime = (from: Date(), seconds: 300)
            let without = try await bench.storage()
            let with = try await bench.storage(acl: "bucket-owner-full-control")
            let plain = try await without.presignUpload(.random(), request, origin: "", lifetime: lifetime)
            #expect(!plain.headers.map(\.name).contains("x-amz-acl"))
            let signed = try await with.presignUpload(.random(), request, origin: "", lifetime: lifetime)
            #expect(signed.headers.contains { $0.name == "x-amz-acl" && $0.value == "bucket-owner-full-control" })
            #expect(signed.url.contains("x-amz-acl"))
        }
    }

    @Test("reads a picture by one request each for head and bytes, and publishes it immutable and of the right type")
    func ingest() async throws {
        try await S3Bench.own { bench in
            let storage = try await bench.storage()
            let file = PublishedFile(id: .random(), format: .png)
            try await storage.receive(file.id, bytes)
            let log = try #require(bench.exchange as? LaxExchange).log
            let before = log.lines.count
            let object = try #require(try await storage.incoming(file.id))
            _ = try #require(try await storage.readIncoming(object, 0..<65_536))
            #expect(try await storage.readIncoming(object) { _ in })
            try await storage.publish(file, bytes)
            #expect(log.lines.dropFirst(before).map { $0.prefix(3) } == ["HEA", "GET", "GET", "PUT"])
            let location = S3Location(
                bucket: bench.keys.bucket,
                key: try #require(S3Key("gallery/images/\(file)"))
            )
            let settings = try #require(try await bench.client.headObject(location)).settings
            #expect(settings.contentType == "image/png")
            #expect(settings.cacheControl == "public, max-age=31536000, immutable")
            #expect(settings.metadata.isEmpty, "the name of a private file is not published")
        }
    }

    @Test(
        "never reads other bytes than those that were looked at, whatever the store overlooks",
        arguments: [[], LaxExchange.everything] as [Set<String>]
    )
    func swapped(overlooked: Set<String>) async throws {
        try await S3Bench.own(overlooking: overlooked) { bench in
            let storage = try await bench.storage()
            let file = PublishedFile(id: .random(), format: .png)
            try await storage.receive(file.id, bytes)
            let object = try #require(try await storage.incoming(file.id))
            let key = try #require(S3Key("gallery/incoming/\(file.id)"))
            let location = S3Location(bucket: bench.keys.bucket, key: key)
            try await bench.client.putObject(location, .bytes(ByteBuffer(repeating: 7, count: 70_000)))
            #expect(try await storage.readIncoming(object, 0..<10) == nil)
            #expect(try await !storage.readIncoming(object) { _ in Issue.record("other bytes") })
            let others = try #require(try await storage.incoming(file.id))
            var seen: [UInt8] = []
            #expect(try await storage.readIncoming(others) { seen += $0.readableBytesView })
            #expect(seen == [UInt8](repeating: 7, count: 70_000))
        }
    }

    @Test("vouches for no digest that the store did not check")
    func unchecked() async throws {
        try await S3Bench.own(overlooking: LaxExchange.everything) { bench in
            let storage = try await bench.storage()
            let id = ImageID.random()
            try await storage.receive(id, bytes)
            let object = try #require(try await storage.incoming(id))
            #expect(object.digest == nil && object.byteCount == 70_000)
        }
    }

    @Test("keeps keys taken on a store that overlooks If-None-Match", arguments: [0, 70_000])
    func taken(byteCount: Int) async throws {
        try await S3Bench.own(overlooking: LaxExchange.everything) { bench in
            let storage = try await bench.storage()
            let id = ImageID.random()
            try await storage.receive(id, bytes)
            if byteCount == 0 { try await storage.spendIncoming(id) }
            await #expect(throws: GalleryError.self) { try await storage.receive(id, [1, 2, 3]) }
            #expect(try await storage.incoming(id)?.byteCount ?? 0 == Int64(byteCount))
        }
    }

    @Test("lists nothing but uploads, over pages, and forgets what a probe left behind")
    func foreignKeys() async throws {
        try await S3Bench.own { bench in
            let storage = try await bench.storage(now: { Date().addingTimeInterval(1000) })
            let id = ImageID.random()
            try await storage.receive(id, bytes)
            for name in ["incoming/probe-x-1", "incoming/else", "images/x"] {
                let key = try #require(S3Key("gallery/\(name)"))
                let location = S3Location(bucket: bench.keys.bucket, key: key)
                try await bench.client.putObject(location, .bytes(ByteBuffer(string: "x")))
            }
            #expect(try await storage.incomingIDs(after: nil, limit: 10) == [id])
            try await storage.forgetSpent(olderThan: 900)
            let left = try await bench.client.listObjects(in: bench.keys.bucket).objects.map(\.key)
            #expect(Set(left) == ["gallery/incoming/\(id)", "gallery/incoming/else", "gallery/images/x"])
        }
    }

    @Test(
        "says where anyone may fetch a public file when there is such a place",
        arguments: ["https://cdn.example", "https://cdn.example/"]
    )
    func publicAddress(base: String) async throws {
        let bucket = try #require(S3Bucket("imgn"))
        let keys = try #require(GalleryKeys(bucket: bucket))
        try await S3Bench.unreachable { client in
            let configuration = S3ImageStorage.Configuration(keys: keys, publicBaseURL: base)
            let storage = S3ImageStorage(client, configuration: configuration, abilities: .init(), now: { Date() })
            let file = try #require(PublishedFile("23456789ABCD.png"))
            #expect(storage.publicAddress(of: file) == "https://cdn.example/images/23456789ABCD.png")
            let rendition = PublishedFile(id: file.id, .rendition(width: 640))
            #expect(storage.publicAddress(of: rendition) == "https://cdn.example/renditions/23456789ABCD/640.webp")
        }
    }

    @Test("tells a store that cannot be reached from one that refuses")
    func unreachable() async throws {
        try await S3Bench.unreachable { client in
            let keys = try GalleryKeys(bucket: S3Bucket("imgn").unwrapped()).unwrapped()
            let storage = S3ImageStorage(client, configuration: .init(keys: keys), abilities: .init(), now: { Date() })
            await #expect(
                performing: { try await storage.checkReady() },
                throws: { error in
                    if case GalleryError.storageNotReached = error { true } else { false }
                }
            )
            await #expect(
                performing: { _ = try await S3StoreProbe(client, keys: keys).run() },
                throws: { error in
                    if case GalleryError.storageNotReached = error { true } else { false }
                }
            )
        }
    }
}

@Suite("The gallery's keys on S3")
struct GalleryKeysTests {
    @Test(
        "stand under a prefix, however it is written",
        arguments: [("", ""), ("/", ""), ("a", "a/"), ("/a/b/", "a/b/"), ("a//", "a/")]
    )
    func prefix(text: String, prefix: String) throws {
        #expect(GalleryKeys(bucket: try #require(S3Bucket("imgn")), prefix: text)?.prefix == prefix)
    }

    @Test(
        "refuse a prefix that leaves no room or cannot be written",
        arguments: [String(repeating: "a", count: 901), "a\nb", "\u{0}"]
    )
    func noPrefix(text: String) throws {
        #expect(GalleryKeys(bucket: try #require(S3Bucket("imgn")), prefix: text) == nil)
    }
}
