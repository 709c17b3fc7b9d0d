import Foundation
import GalleryCore
import GalleryRenditions
import GalleryTesting
import ImageMetadata
import Logging
import NIOCore

/// A pool of real workers, and pictures for it.
struct WorkerBench {
    /// The built `imgn`: beside the tests, or named by `IMGN_BINARY`.
    static let program: String = {
        if let named = ProcessInfo.processInfo.environment["IMGN_BINARY"] { return named }
        let tests = URL(filePath: CommandLine.arguments.first ?? "")
        for folder in [tests.deletingLastPathComponent(), URL(filePath: ".build/debug")] {
            let program = folder.appending(path: "imgn").path(percentEncoded: false)
            if FileManager.default.isExecutableFile(atPath: program) { return program }
        }
        return ".build/debug/imgn"
    }()

    /// A failure for each width, and nothing wrong with any other.
    static let faults = "crash@1001,hang@1002,memory@1003,killed@1004"

    /// Uses a pool, and shuts it down.
    static func withPool(
        _ change: (inout WorkerConfiguration) -> Void = { _ in },
        _ body: (WorkerPool) async throws -> Void
    ) async throws {
        var configuration = WorkerConfiguration(workerCount: 2, memoryByteCount: 256 << 20, seconds: 20)
        configuration.program = program
        configuration.variables["IMGN_WORKER_FAULT"] = faults
        change(&configuration)
        let pool = WorkerPool(configuration, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
        do {
            try await body(pool)
        } catch {
            await pool.shutDown()
            throw error
        }
        await pool.shutDown()
    }

    /// What became of a picture.
    struct Outcome {
        let result: RenditionResult
        /// The files in the order in which they came.
        let files: [(kind: PublishedFile.Kind, bytes: [UInt8])]

        /// The files' kinds.
        var kinds: [PublishedFile.Kind] { files.map(\.kind) }
    }

    /// Has the files of a picture made.
    static func make(_ bytes: [UInt8], in pool: WorkerPool) async throws -> Outcome {
        let header = try ImageHeader(parsing: bytes[...])
        let request = RenditionRequest(header, byteCount: Int64(bytes.count), limits: GalleryLimits())
        var files: [(kind: PublishedFile.Kind, bytes: [UInt8])] = []
        let result = try await WorkerRenditionMaker(pool, takesTIFF: true).make(request) { write in
            for start in stride(from: 0, to: bytes.count, by: 100_000) {
                try await write(ByteBuffer(bytes: bytes[start..<min(start + 100_000, bytes.count)]))
            }
        } publish: { kind, fill in
            var file: [UInt8] = []
            try await fill { file += $0.readableBytesView }
            files.append((kind, file))
        }
        return Outcome(result: result, files: files)
    }

    /// The error that a picture comes to.
    static func failure(of bytes: [UInt8], in pool: WorkerPool) async -> (any Error)? {
        do {
            _ = try await make(bytes, in: pool)
            return nil
        } catch {
            return error
        }
    }

    /// A picture so wide.
    static func picture(width: Int) -> [UInt8] { ImageBuilder.png(width: width, height: 40) }
}
