/// Copies the segments a JPEG needs to be shown, and the scans, up to the first end of image (ISO/IEC 10918-1, B).
///
/// As in libjpeg, bytes between segments that belong to none are passed over: they are left out here. What stands
/// inside a scan is copied up to the next marker that can follow a scan. A second start of image ends the first one.
struct JPEGStripper {
    private var edits = EditRecorder()
    private var hasFrame = false
    private var hasScan = false
    private var hasExif = false

    /// Cleans a file.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: What the clean file is made of.
    /// - Throws: As ``MetadataStripper/edits(of:)``.
    mutating func strip(_ bytes: Span<UInt8>) throws(ImageMetadataError) -> EditList {
        guard bytes.holds([0xFF, 0xD8], at: 0) else { throw .unknownFormat(nil) }
        edits.copy(0..<2)
        var position: Int? = 2
        while let start = position, let marker = nextMarker(in: bytes, from: start) {
            position = try take(marker, of: bytes)
        }
        guard hasFrame else { throw .truncated(at: bytes.count) }
        return edits.list(for: bytes)
    }

    /// A marker and the fill bytes before it.
    private struct Marker {
        let start: Int
        /// Where its second byte stands.
        let codeOffset: Int
        let code: UInt8
    }

    /// The next marker that begins a segment or ends the picture; stray bytes before it are passed over.
    private func nextMarker(in bytes: Span<UInt8>, from start: Int) -> Marker? {
        var offset = start
        while offset + 1 < bytes.count {
            guard bytes[offset] == 0xFF else {
                offset += 1
                continue
            }
            let first = offset
            while offset + 1 < bytes.count, bytes[offset + 1] == 0xFF { offset += 1 }
            guard offset + 1 < bytes.count else { return nil }
            switch bytes[offset + 1] {
            case 0xD8 where hasScan: return nil
            case 0x00, 0x01, 0xD0...0xD8: offset += 2
            case 0x02...0xBF where hasScan, 0xC8 where hasScan, 0xF0...0xFD where hasScan: offset += 2
            default: return Marker(start: first, codeOffset: offset + 1, code: bytes[offset + 1])
            }
        }
        return nil
    }

    /// Takes or leaves a segment; tells where to go on, or `nil` at the end.
    private mutating func take(_ marker: Marker, of bytes: Span<UInt8>) throws(ImageMetadataError) -> Int? {
        if marker.code == 0xD9 {
            guard hasFrame else { throw .malformed(.missingFrame, at: marker.start) }
            edits.copy(marker.start..<marker.codeOffset + 1)
            return nil
        }
        guard let length = bytes.number(at: marker.codeOffset + 1, 2) else { return nil }
        guard length >= 2 else {
            if hasScan { return marker.codeOffset + 1 }
            throw .malformed(.segmentLength, at: marker.start)
        }
        let end = min(marker.codeOffset + 1 + length, bytes.count)
        let isWhole = marker.codeOffset + 1 + length <= bytes.count
        let segment = marker.start..<end
        let body = min(marker.codeOffset + 3, end)..<end
        switch marker.code {
        case 0xC4, 0xCC, 0xDB...0xDD:
            edits.copy(segment)
        case 0xC0...0xC7 where !hasFrame || hasScan, 0xC9...0xCF where !hasFrame || hasScan:
            hasFrame = true
            edits.copy(segment)
        case 0xDE...0xDF where hasScan:
            edits.copy(segment)
        case 0xDA:
            guard hasFrame else { throw .malformed(.missingFrame, at: marker.start) }
            hasScan = true
            let scanEnd = endOfScan(in: bytes, from: end)
            edits.copy(marker.start..<scanEnd)
            return scanEnd
        case 0xE0...0xEF where isWhole:
            takeApplicationSegment(marker.code, segment, body, of: bytes)
        case 0xE0...0xEF, 0xFE:
            break
        default:
            throw .malformed(.segmentMarker, at: marker.start)
        }
        return isWhole ? end : nil
    }

    /// Where the next marker stands that no scan has inside; stuffed bytes, restarts and what has no meaning stay.
    private func endOfScan(in bytes: Span<UInt8>, from start: Int) -> Int {
        var offset = start
        while offset + 1 < bytes.count {
            guard bytes[offset] == 0xFF else {
                offset += 1
                continue
            }
            switch bytes[offset + 1] {
            case 0xFF: offset += 1
            case 0x00...0xBF, 0xC8, 0xD0...0xD7, 0xF0...0xFD: offset += 2
            default: return offset
            }
        }
        return bytes.count
    }

    private mutating func takeApplicationSegment(
        _ code: UInt8,
        _ segment: Range<Int>,
        _ body: Range<Int>,
        of bytes: Span<UInt8>
    ) {
        switch code {
        case 0xE0 where body.count >= 14 && bytes.holds(Self.jfif, at: body.lowerBound):
            // The same without the thumbnail, whose sides are the last two of the 14 bytes.
            let kept = bytes.copy(body.lowerBound..<body.lowerBound + 12) + [0, 0]
            put(0xE0, kept, for: segment, of: bytes)
        case 0xE1 where !hasExif && !hasScan && bytes.holds(ExifBlock.identifier, at: body.lowerBound):
            hasExif = true
            let orientation = ExifBlock(bytes.copy(body)[...]).orientation
            if orientation == .up { return }
            put(0xE1, OrientationBlock.identifier + OrientationBlock.tiff(orientation), for: segment, of: bytes)
        case 0xE2 where bytes.holds(Self.colorProfile, at: body.lowerBound):
            edits.copy(segment)
        case 0xEE where body.count >= 12 && bytes.holds(Self.adobe, at: body.lowerBound):
            put(0xEE, bytes.copy(body.lowerBound..<body.lowerBound + 12), for: segment, of: bytes)
        default:
            break
        }
    }

    /// Puts a segment in the place of another, whose fill bytes stay where the rest is the same.
    private mutating func put(_ code: UInt8, _ body: [UInt8], for old: Range<Int>, of bytes: Span<UInt8>) {
        let length = body.count + 2
        let segment = [0xFF, code, UInt8(length >> 8), UInt8(length & 0xFF)] + body
        let plain = max(old.lowerBound, old.upperBound - segment.count)..<old.upperBound
        if plain.count == segment.count, bytes.holds(segment, at: plain.lowerBound) {
            edits.copy(old)
        } else {
            edits.insert(segment)
        }
    }

    private static let jfif: [UInt8] = Array("JFIF\0".utf8)
    private static let colorProfile: [UInt8] = Array("ICC_PROFILE\0".utf8)
    private static let adobe: [UInt8] = Array("Adobe".utf8)
}
