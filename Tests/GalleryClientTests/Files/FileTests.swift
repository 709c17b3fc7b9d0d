import Crypto
import GalleryClient
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("A file that is uploaded")
struct FileTests {
    private func sha256(_ data: Data) -> Data { Data(SHA256.hash(data: data)) }

    @Test("has the SHA-256 of its bytes when it is one part", arguments: [1, 256 << 10, (256 << 10) + 1])
    func wholeDigest(size: Int) async throws {
        try await TemporaryFolder.with { folder in
            let path = try folder.file("a", size: size)
            let content = try #require(FileManager.default.contents(atPath: path))
            let digest = try await LocalFile(path: path).digest(.forDigest(size: Int64(size))) { _ in }
            #expect(digest.whole == sha256(content).base64EncodedString())
            #expect(digest.parts == [digest.whole])
        }
    }

    @Test("has the SHA-256 of its parts' digests in a row when it has several")
    func compositeDigest() async throws {
        try await TemporaryFolder.with { folder in
            let path = try folder.file("a", size: 2500)
            let content = try #require(FileManager.default.contents(atPath: path))
            let parts = [0..<1000, 1000..<2000, 2000..<2500].map { sha256(content[$0]) }
            let file = try LocalFile(path: path)
            let digest = try await file.digest(PartPlan(size: 2500, partSize: 1000)) { _ in }
            #expect(digest.parts == parts.map { $0.base64EncodedString() })
            #expect(digest.whole == sha256(Data(parts.joined())).base64EncodedString())
            #expect(try await file.digest(of: 1000..<2000) == digest.parts[1])
        }
    }

    @Test("is noticed to have changed, and to have got shorter while it was read")
    func changes() async throws {
        try await TemporaryFolder.with { folder in
            let path = try folder.file("a", size: 5000)
            let file = try LocalFile(path: path)
            #expect(file.isUnchanged)
            #expect(unsafe truncate(path, 100) == 0)
            #expect(!file.isUnchanged)
            await #expect(throws: UploadFailure.fileChanged) { try await file.read(0..<5000) }
        }
    }

    @Test("is a regular file that is there")
    func opens() throws {
        #expect(throws: UploadFailure.unreadable("No such file or directory")) {
            try LocalFile(path: "/nowhere/at/all")
        }
        #expect(throws: UploadFailure.unreadable("it is not a file")) { try LocalFile(path: "/") }
        #expect(throws: UploadFailure.unreadable("it is not a file")) { try LocalFile(path: "/dev/null") }
    }
}
