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

/// Finds the pictures that the arguments of a command name.
///
/// A file that is named is taken whatever its ending. A folder gives all pictures below it, sorted, but for hidden
/// ones; links are followed, and no folder or file is taken twice, so a link to a folder above it does no harm.
package struct PictureFinder {
    /// A file that was found.
    package struct Found: Sendable, Equatable {
        /// The path as it follows from the argument.
        package let path: String
        /// The absolute path without links.
        package let realPath: String
        /// Its bytes.
        package let size: Int64
    }

    /// Why an argument names nothing.
    package struct Failure: Error, Equatable, CustomStringConvertible {
        package let description: String

        package init(description: String) {
            self.description = description
        }
    }

    private struct Place: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    private var seen: Set<Place> = []
    private var found: [Found] = []

    private init() {}

    /// Finds the pictures of some paths.
    ///
    /// - Parameter paths: Files and folders.
    /// - Returns: Each file once, in the order of the arguments.
    /// - Throws: ``Failure`` for a path that cannot be looked at.
    package static func find(_ paths: [String]) throws(Failure) -> [Found] {
        var finder = PictureFinder()
        for path in paths { try finder.visitNamed(path) }
        return finder.found
    }

    private mutating func visitNamed(_ path: String) throws(Failure) {
        guard let status = Self.status(of: path) else {
            throw Failure(description: "\(path): \(unsafe String(cString: strerror(errno)))")
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: take(path, status)
        case S_IFDIR: visitFolder(path, status)
        default: throw Failure(description: "\(path): neither a file nor a folder")
        }
    }

    /// What cannot be looked at inside a folder is passed over, as is what is no picture.
    private mutating func visitFolder(_ path: String, _ status: stat) {
        guard seen.insert(Self.place(status)).inserted else { return }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names.sorted() where !name.hasPrefix(".") {
            let child = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
            guard let status = Self.status(of: child) else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFREG where PictureEnding(of: name) != nil: take(child, status)
            case S_IFDIR: visitFolder(child, status)
            default: continue
            }
        }
    }

    private mutating func take(_ path: String, _ status: stat) {
        guard seen.insert(Self.place(status)).inserted else { return }
        found.append(Found(path: path, realPath: Self.realPath(of: path), size: Int64(status.st_size)))
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status : nil
    }

    private static func place(_ status: stat) -> Place {
        Place(device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino))
    }

    private static func realPath(of path: String) -> String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
