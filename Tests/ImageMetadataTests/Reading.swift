import ImageMetadata
import Testing

/// What a reader did with a file: the ranges it asked for, and how it ended.
struct Reading: Equatable {
    private(set) var ranges: [Range<Int>]
    private(set) var end: ImageHeaderStep

    var header: ImageHeader? {
        if case .header(let header) = end { header } else { nil }
    }

    var error: ImageMetadataError? {
        if case .unreadable(let error) = end { error } else { nil }
    }

    /// Feeds a file as a reader of ranges would, and records an issue when the reader breaks its word.
    ///
    /// - Parameters:
    ///   - file: The whole file.
    ///   - declaredByteCount: What the reader is told about its length; `nil` for the truth.
    ///   - formats: What the reader is to read.
    init(
        _ file: [UInt8],
        declaredByteCount: Int? = nil,
        formats: Set<ImageFormat> = Set(ImageFormat.allCases)
    ) {
        let byteCount = declaredByteCount ?? file.count
        var reader = ImageHeaderReader(fileByteCount: byteCount, formats: formats)
        ranges = [reader.firstRange]
        end = reader.receive(file[reader.firstRange.clamped(to: 0..<file.count)], at: 0)
        while case .needs(let range) = end {
            ranges.append(range)
            guard ranges.count <= 5, !range.isEmpty, range.lowerBound >= 0, range.upperBound <= byteCount else { break }
            end = reader.receive(file[range.clamped(to: 0..<file.count)], at: range.lowerBound)
        }
        checkPromises(byteCount)
    }

    private func checkPromises(_ byteCount: Int) {
        let brokenRange = ranges.dropFirst().first { $0.isEmpty || $0.lowerBound < 0 || $0.upperBound > byteCount }
        if let brokenRange { Issue.record("asked for \(brokenRange) of \(byteCount) bytes") }
        if case .needs(let range) = end { Issue.record("still asks for \(range) after \(ranges)") }
        if ranges.count > 5 { Issue.record("asked for more than 5 ranges: \(ranges)") }
        let sum = ranges.reduce(0) { $0 + $1.count }
        if sum > 1024 * 1024 { Issue.record("asked for \(sum) bytes") }
        if let header, header.width < 1 || header.height < 1 { Issue.record("\(header)") }
    }
}
