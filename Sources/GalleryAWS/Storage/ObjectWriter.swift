import AWSTransport
import Crypto
import GalleryCore
import NIOCore
import S3

/// Writes an object of unknown length once: small ones by one PUT, larger ones in parts, each with its SHA-256.
///
/// Keeps ``ContentDigest/maximumSingleByteCount`` and the piece at hand in memory, at most. Nothing can be seen under
/// the key before ``finish()`` returns.
struct ObjectWriter {
    private let client: S3Client
    private let location: S3Location
    private let settings: ObjectSettings
    private let abilities: StoreAbilities
    private let replaces: Bool
    private var pending = ByteBuffer()
    private var upload: MultipartUpload?
    private var parts: [UploadedPart] = []

    /// How many bytes were written so far.
    private(set) var byteCount: Int64 = 0

    /// - Parameters:
    ///   - client: Talks to the store.
    ///   - location: Where the object is to stand.
    ///   - settings: What the store is to say of it.
    ///   - abilities: What the store does.
    ///   - replaces: Whether an object that stands there already gives way; else it stays, and the write fails.
    init(
        _ client: S3Client,
        to location: S3Location,
        _ settings: ObjectSettings,
        _ abilities: StoreAbilities,
        replaces: Bool = false
    ) {
        self.client = client
        self.location = location
        self.settings = settings
        self.abilities = abilities
        self.replaces = replaces
    }

    /// Takes the next bytes.
    mutating func write(_ piece: ByteBuffer) async throws {
        byteCount += Int64(piece.readableBytes)
        pending.writeImmutableBuffer(piece)
        guard byteCount > ContentDigest.maximumSingleByteCount else { return }
        while let part = pending.readSlice(length: Int(PartPlan.partByteCount)) { try await send(part) }
        pending.discardReadBytes()
    }

    /// Makes the object visible, unless its key is taken and it replaces nothing.
    ///
    /// - Throws: ``AWSTransport/AWSError/isRefusedCondition`` when something else stands there. After a lost answer it
    ///   may be our own object, which is told by size and digest and is no error.
    mutating func finish() async throws {
        try await refuseIfTaken()
        do {
            if let upload {
                if pending.readableBytes > 0 { try await send(pending) }
                try await client.completeMultipart(upload, parts, condition: condition)
            } else {
                try await client.putObject(location, .bytes(pending), settings, condition: condition)
            }
        } catch let error as AWSError where error.isRefusedCondition || error.isNoSuchUpload {
            guard try await isOurs() else { throw error }
        }
    }

    /// Drops the parts, as well as it can: the sweep finds what is left.
    func abort() async {
        guard let upload else { return }
        try? await client.abortMultipart(upload)
    }

    private var condition: WriteCondition { replaces || !abilities.conditionalWrites ? .none : .ifAbsent }

    private var listsChecksums: Bool { abilities.partChecksums == .listed }

    private mutating func send(_ part: ByteBuffer) async throws {
        let upload: MultipartUpload
        if let begun = self.upload {
            upload = begun
        } else {
            upload = try await client.createMultipart(
                location,
                settings,
                bindsChecksums: listsChecksums
            )
            self.upload = upload
        }
        let sent = try await client.uploadPart(
            parts.count + 1,
            of: upload,
            .bytes(part),
            bindsChecksum: abilities.partChecksums != .ignored
        )
        // A store that keeps no digests wants none when the parts are joined.
        parts.append(UploadedPart(number: sent.number, etag: sent.etag, sha256: listsChecksums ? sent.sha256 : nil))
    }

    /// Looks by itself where the store does not.
    private func refuseIfTaken() async throws {
        guard !replaces, !abilities.conditionalWrites, try await client.headObject(location) != nil else { return }
        throw AWSError(.service, "The key is taken.", status: 412, code: "PreconditionFailed")
    }

    /// Whether the object that stands there is the one we have just sent.
    private func isOurs() async throws -> Bool {
        guard abilities.checksumsEnforced, upload == nil || listsChecksums,
            let head = try await client.headObject(location),
            head.byteCount == byteCount
        else { return false }
        guard upload != nil else { return head.checksum?.whole == S3Body.bytes(pending).sha256 }
        var hasher = SHA256()
        for part in parts { hasher.update(data: part.sha256 ?? []) }
        return head.checksum == .composite(Array(hasher.finalize()), partCount: parts.count)
    }
}
