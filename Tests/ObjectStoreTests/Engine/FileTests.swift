import Foundation
import NIOCore
import Testing

@testable import ObjectStore

@Suite("Files")
struct FileTests {
    @Test("a read that fails is a failure and not the end of the file")
    func failedRead() async throws {
        try await TemporaryFolder.with { directory in
            let folder = try Folder(path: directory.path)
            _ = try folder.makeFolder("folder")
            let file = try #require(try folder.file("folder"))
            #expect(throws: ObjectStoreError.storageUnavailable(operation: "read a file", errno: EISDIR)) {
                try file.read(0..<10)
            }
        }
    }

    @Test("a read is as long as the file, and a write goes where it was told")
    func readAndWrite() async throws {
        try await TemporaryFolder.with { directory in
            let file = try Folder(path: directory.path).createFile("x")
            try file.write(ByteBuffer(bytes: [3, 4]), at: 2)
            #expect(try file.byteCount() == 4)
            #expect(Array(try file.read(1..<10).readableBytesView) == [0, 3, 4])
            #expect(try file.read(4..<10).readableBytes == 0)
        }
    }

    @Test("a file is copied from where it is to the same place, and a source that ends early is a failure")
    func copy() async throws {
        try await TemporaryFolder.with { directory in
            let folder = try Folder(path: directory.path)
            let source = try folder.createFile("source")
            let body = UploadTests.bytes(2_500_000)
            try source.write(ByteBuffer(bytes: body), at: 0)
            let target = try folder.createFile("target")
            try target.copy(0..<1_000_000, of: source, to: 0)
            try target.copy(1_000_000..<2_500_000, of: source, to: 1_000_000)
            #expect(Array(try target.read(0..<3_000_000).readableBytesView) == body)
            let tooShort = ObjectStoreError.storageUnavailable(operation: "copy a file that was cut off", errno: EIO)
            #expect(throws: tooShort) { try target.copy(0..<2_500_001, of: source, to: 0) }
        }
    }
}
