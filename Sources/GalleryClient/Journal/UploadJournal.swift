import NIOPosix

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What this machine remembers of its uploads, in a folder that only its user may read.
///
/// `uploads.json` holds the uploads under way, so that the next run goes on with them; it is replaced as a whole.
/// `removals.jsonl` holds the right to remove each picture that was uploaded, a line each; it only grows, but for
/// removals. Each change holds a lock, so that several runs at once keep each other's entries.
package struct UploadJournal: Sendable {
    /// Why the journal cannot be used.
    package struct Failure: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Uploads older than this are forgotten: their token's life, and the store's patience, are over.
    package static let life: TimeInterval = 7 * 86_400

    private struct Contents: Codable {
        var uploads: [UploadRecord] = []
    }

    private let folder: String

    /// - Parameter folder: Its folder; made when missing.
    package init(folder: String) {
        self.folder = folder
    }

    /// Makes sure that it can be read.
    package func check() async throws {
        try await locked { _ = try readUploads() }
    }

    /// The upload that was under way, if there was one.
    package func upload(for key: UploadRecord.Key) async throws -> UploadRecord? {
        try await locked { try readUploads().uploads.first { $0.key == key } }
    }

    /// Remembers an upload, in the place of an older one of the same file.
    package func remember(_ record: UploadRecord) async throws {
        try await locked {
            var contents = try readUploads()
            let oldest = record.startedAt.addingTimeInterval(-Self.life)
            contents.uploads.removeAll { $0.key == record.key || $0.startedAt < oldest }
            contents.uploads.append(record)
            try writeUploads(contents)
        }
    }

    /// Forgets an upload that has come to its end.
    ///
    /// - Parameters:
    ///   - key: What it is found by.
    ///   - right: The right to remove what came of it, kept from now on.
    /// - Throws: ``Failure``.
    package func forget(_ key: UploadRecord.Key, keeping right: RemovalRight? = nil) async throws {
        try await locked {
            if let right { try append(right) }
            var contents = try readUploads()
            contents.uploads.removeAll { $0.key == key }
            try writeUploads(contents)
        }
    }

    /// The right to remove a picture; `nil` when it was not uploaded from here.
    package func removalRight(for id: String, on server: ServerAddress) async throws -> RemovalRight? {
        try await locked { try readRights().last { $0.id == id && $0.server == server.description } }
    }

    /// Keeps the right to remove a picture.
    package func keep(_ right: RemovalRight) async throws {
        try await locked { try append(right) }
    }

    /// Forgets the right to remove a picture that is gone.
    package func forgetRight(for id: String, on server: ServerAddress) async throws {
        try await locked {
            let rights = try readRights().filter { $0.id != id || $0.server != server.description }
            try replace("removals.jsonl", with: try rights.reduce(into: Data()) { $0 += try line($1) })
        }
    }
}

// MARK: Files

extension UploadJournal {
    /// Works on the files with nobody else at them, on a thread that may block.
    private func locked<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await NIOThreadPool.singleton.runIfActive {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw Failure(description: "\(folder) cannot be made")
            }
            let lock = unsafe open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard lock >= 0 else { throw failure("lock") }
            defer { close(lock) }
            while flock(lock, LOCK_EX) != 0 {
                guard errno == EINTR else { throw failure("lock") }
            }
            return try work()
        }
    }

    private func readUploads() throws -> Contents {
        guard let data = try read("uploads.json") else { return Contents() }
        do {
            let decoder = JSONDecoder()
            decoder.dateDecodingStrategy = .iso8601
            return try decoder.decode(Contents.self, from: data)
        } catch {
            throw Failure(description: "\(folder)/uploads.json is damaged; remove it to start unfinished uploads over")
        }
    }

    private func writeUploads(_ contents: Contents) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        try replace("uploads.json", with: try encoder.encode(contents))
    }

    /// Lines that cannot be read, such as the last one after a power cut, are passed over.
    private func readRights() throws -> [RemovalRight] {
        guard let data = try read("removals.jsonl") else { return [] }
        let decoder = JSONDecoder()
        return data.split(separator: UInt8(ascii: "\n")).compactMap {
            try? decoder.decode(RemovalRight.self, from: Data($0))
        }
    }

    private func line(_ right: RemovalRight) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(right) + [UInt8(ascii: "\n")]
    }

    private func append(_ right: RemovalRight) throws {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
        try write(try line(right), to: "removals.jsonl", flags: flags)
    }

    private func replace(_ name: String, with data: Data) throws {
        try write(data, to: name + ".new", flags: O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC)
        guard unsafe rename("\(folder)/\(name).new", "\(folder)/\(name)") == 0 else { throw failure(name) }
    }

    private func read(_ name: String) throws -> Data? {
        let path = "\(folder)/\(name)"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else { throw failure(name) }
        return data
    }

    private func write(_ data: Data, to name: String, flags: Int32) throws {
        let descriptor = unsafe open("\(folder)/\(name)", flags, 0o600)
        guard descriptor >= 0 else { throw failure(name) }
        defer { close(descriptor) }
        let bytes = Array(data)
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { rest in
                unsafe Self.writeSome(descriptor, rest)
            }
            guard count >= 0 || errno == EINTR else { throw failure(name) }
            written += max(0, count)
        }
        guard fsync(descriptor) == 0 else { throw failure(name) }
    }

    private static func writeSome(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
            unsafe Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    private func failure(_ name: String) -> Failure {
        Failure(description: "\(folder)/\(name): \(unsafe String(cString: strerror(errno)))")
    }
}
