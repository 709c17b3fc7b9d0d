import GalleryClient
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The files that the command's arguments stand for.
struct UploadInput: Sendable {
    let files: [String]
    let standardInputName: String

    /// Finds the files, and copies standard input if it is one of them.
    ///
    /// - Throws: `noInput` when an argument names nothing, or all of them together name no picture.
    func entries() async throws -> [UploadBatch.Entry] {
        let paths = files.filter { $0 != "-" }
        var entries = try find(paths).map { found in
            let name = found.path.split(separator: "/").last.map(String.init) ?? found.path
            return UploadBatch.Entry(origin: .path(found.realPath), label: found.path, name: name, size: found.size)
        }
        if files.contains("-") {
            let file = try await NIOThreadPool.singleton.runIfActive { try SpooledInput.copyStandardInput() }
            let size = file.identity.size
            entries.append(.init(origin: .open(file), label: "-", name: standardInputName, size: size))
        }
        guard !entries.isEmpty else {
            throw ClientFailure.noInput("there are no pictures in \(paths.joined(separator: ", ")).")
        }
        return entries
    }

    private func find(_ paths: [String]) throws(ClientFailure) -> [PictureFinder.Found] {
        do {
            return try PictureFinder.find(paths)
        } catch {
            throw .noInput("\(error).")
        }
    }
}

/// Standard input as a file: size and digest come before the bytes, so they must be readable twice.
enum SpooledInput {
    private static let pieceSize = 1 << 20

    /// Copies standard input to a file without a name, which vanishes with the process.
    ///
    /// - Throws: `spool`.
    static func copyStandardInput() throws -> LocalFile {
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/imgn-XXXXXX".utf8CString)
        let descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else { throw lastFailure }
        _ = unsafe unlink(template)
        var piece = [UInt8](repeating: 0, count: pieceSize)
        while true {
            let count = unsafe read(STDIN_FILENO, &piece, pieceSize)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if count == 0 { return try LocalFile(adopting: descriptor) }
                throw failure(closing: descriptor)
            }
            var written = 0
            while written < count {
                let step = unsafe piece[written..<count].withUnsafeBytes {
                    unsafe write(descriptor, $0.baseAddress, $0.count)
                }
                guard step > 0 || errno == EINTR else { throw failure(closing: descriptor) }
                written += max(0, step)
            }
        }
    }

    private static func failure(closing descriptor: Int32) -> ClientFailure {
        let failure = lastFailure
        close(descriptor)
        return failure
    }

    private static var lastFailure: ClientFailure { .spool(unsafe String(cString: strerror(errno))) }
}
