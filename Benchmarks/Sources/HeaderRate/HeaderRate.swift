import Foundation
import ImageMetadata

/// Reads the headers of picture files over and over in one thread.
///
/// Usage: `HeaderRate SECONDS FILE…` opens and reads each file anew, as `imgn probe` does, and prints files a second
/// and bytes read of each. `HeaderRate memory COUNT FILE` reads one file into memory and then its header so many
/// times, for an instrument that counts instructions, and prints nanoseconds.
@main
struct HeaderRate {
    /// A file without a readable header would make the measure worthless.
    struct Unreadable: Error {
        let path: String
    }

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "memory", arguments.count == 3, let count = Int(arguments[1]) {
            try measureMemory(arguments[2], count)
        } else if let seconds = arguments.first.flatMap(Int.init) {
            try measureFiles(Array(arguments.dropFirst()), for: seconds)
        }
    }

    private static func measureFiles(_ paths: [String], for seconds: Int) throws {
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        var byteCount = 0
        while clock.now - start < .seconds(seconds) {
            byteCount = 0
            for path in paths { byteCount += try readHeader(of: path) }
            count += paths.count
        }
        let spent = (clock.now - start) / .seconds(1)
        print("\(Double(count) / spent)\t\(Double(byteCount) / Double(paths.count))")
    }

    private static func measureMemory(_ path: String, _ count: Int) throws {
        guard let data = FileManager.default.contents(atPath: path) else { throw Unreadable(path: path) }
        let bytes = [UInt8](data)
        let clock = ContinuousClock()
        let spent = try clock.measure {
            for _ in 0..<count { _ = try ImageHeader(parsing: bytes[...]) }
        }
        print(spent / .nanoseconds(1) / Double(max(1, count)))
    }

    /// Reads the ranges that the reader asks for; tells how many bytes those were.
    private static func readHeader(of path: String) throws -> Int {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw Unreadable(path: path) }
        defer { close(descriptor) }
        var status = stat()
        fstat(descriptor, &status)
        var reader = ImageHeaderReader(fileByteCount: Int(status.st_size))
        var range = reader.firstRange
        var byteCount = 0
        while true {
            let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
                count = max(0, pread(descriptor, buffer.baseAddress, range.count, off_t(range.lowerBound)))
            }
            byteCount += bytes.count
            switch reader.receive(bytes[...], at: range.lowerBound) {
            case .needs(let next): range = next
            case .header: return byteCount
            case .unreadable: throw Unreadable(path: path)
            }
        }
    }
}
