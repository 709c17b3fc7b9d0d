import GalleryClient
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("Finding pictures")
struct PictureFinderTests {
    private func names(_ paths: [String], in folder: TemporaryFolder) throws -> [String] {
        try PictureFinder.find(paths.map { folder.path + $0 }).map { String($0.path.dropFirst(folder.path.count)) }
    }

    @Test("takes the pictures below a folder, sorted, and nothing hidden")
    func folder() async throws {
        try await TemporaryFolder.with { folder in
            try folder.folder("sub/.git")
            for name in ["b.png", "a.JPG", "notes.txt", ".c.png", "sub/d.webp", "sub/.git/e.gif", "png", "sub/f.tiff"] {
                try folder.file(name, size: 3)
            }
            #expect(try names([""], in: folder) == ["/a.JPG", "/b.png", "/sub/d.webp", "/sub/f.tiff"])
            #expect(try PictureFinder.find([folder.path]).map(\.size) == [3, 3, 3, 3])
        }
    }

    @Test("takes a file that is named, whatever its ending")
    func named() async throws {
        try await TemporaryFolder.with { folder in
            try folder.file("picture", size: 1)
            #expect(try names(["/picture"], in: folder) == ["/picture"])
        }
    }

    @Test("takes nothing twice, however often it is named or linked to")
    func once() async throws {
        try await TemporaryFolder.with { folder in
            try folder.folder("sub")
            try folder.file("sub/a.png", size: 1)
            for (link, target) in [
                ("sub/up", ".."), ("again", "sub"), ("sub/z.png", "a.png"), ("sub/lost.png", "none"),
            ] {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(folder.path)/\(link)",
                    withDestinationPath: target
                )
            }
            #expect(try names(["/sub", "/again", "/sub/a.png", ""], in: folder) == ["/sub/a.png"])
        }
    }

    @Test("finds a file again under its real path")
    func realPath() async throws {
        try await TemporaryFolder.with { folder in
            let path = try folder.file("a.png", size: 1)
            try FileManager.default.createSymbolicLink(atPath: folder.path + "/l.png", withDestinationPath: "a.png")
            let linked = try PictureFinder.find([folder.path + "/l.png"]).first
            #expect(linked?.path.hasSuffix("/l.png") == true)
            #expect(linked?.realPath == (try PictureFinder.find([path]).first?.realPath))
        }
    }

    @Test("says which argument names nothing")
    func missing() {
        #expect(throws: PictureFinder.Failure(description: "/nowhere/a.png: No such file or directory")) {
            try PictureFinder.find(["/nowhere/a.png"])
        }
    }
}
