/// Counts the frames of a picture that lies in memory.
///
/// Nothing is decoded, and every step takes at least a byte of the file, so the walk ends whatever the file declares. A
/// number that a file declares is only reported, never allocated by.
public struct FrameCounter: Sendable {
    private let format: ImageFormat

    /// Chooses the format.
    ///
    /// - Parameter format: As ``ImageHeader/format`` tells it.
    public init(format: ImageFormat) {
        self.format = format
    }

    /// Counts.
    ///
    /// - Parameter bytes: The whole file; of one that was cut off, what is there is counted.
    /// - Returns: The frames of GIF, animated PNG, animated WebP, or of the longest track of AVIF and HEIC sequences;
    ///   1 for every other picture. `nil` when the file is not what it is said to be.
    public func count(in bytes: Span<UInt8>) -> Int? {
        switch format {
        case .jpeg, .tiff, .bmp: 1
        case .png: PNGFrames.count(bytes)
        case .gif: GIFFrames.count(bytes)
        case .webp: WebPFrames.count(bytes)
        case .avif, .heic: SequenceFrames.count(bytes)
        }
    }
}

/// The frames that `acTL` declares, which counts before the pixels only.
private enum PNGFrames {
    static func count(_ bytes: Span<UInt8>) -> Int? {
        var offset = 8
        while let length = bytes.number(at: offset, 4), let name = bytes.name(at: offset + 4) {
            switch name {
            case "IDAT", "IEND": return 1
            case "acTL" where length == 8: return bytes.number(at: offset + 8, 4).map { max(1, $0) }
            default: offset += 12 + length
            }
        }
        return nil
    }
}

/// The frames of a GIF, by a walk from block to block up to the trailer.
private enum GIFFrames {
    static func count(_ bytes: Span<UInt8>) -> Int? {
        guard let flags = bytes.number(at: 10, 1), bytes.holds(Array("GIF8".utf8), at: 0) else { return nil }
        var offset = 13 + colorTableByteCount(flags)
        var frameCount = 0
        while let kind = bytes.number(at: offset, 1) {
            switch kind {
            case 0x2C:
                guard let flags = bytes.number(at: offset + 9, 1) else { return frameCount }
                frameCount += 1
                offset += 10 + colorTableByteCount(flags) + 1
            case 0x21:
                offset += 2
            default:
                return frameCount
            }
            while let byteCount = bytes.number(at: offset, 1) {
                offset += 1 + byteCount
                if byteCount == 0 { break }
            }
        }
        return frameCount
    }

    private static func colorTableByteCount(_ flags: Int) -> Int {
        flags & 0x80 == 0 ? 0 : 3 << ((flags & 0x07) + 1)
    }
}

/// The frames of a WebP: its `ANMF` chunks, where it says that it is animated.
private enum WebPFrames {
    static func count(_ bytes: Span<UInt8>) -> Int? {
        guard let byteCount = bytes.number(at: 4, 4, .littleEndian),
            let first = RIFFChunk(in: bytes, at: 12, limit: 8 + byteCount)
        else { return nil }
        guard first.name == "VP8X", (bytes.number(at: first.bodyStart, 1) ?? 0) & 0x02 != 0 else { return 1 }
        var frameCount = 0
        var offset = first.end
        while let chunk = RIFFChunk(in: bytes, at: offset, limit: 8 + byteCount) {
            if chunk.name == "ANMF" { frameCount += 1 }
            offset = chunk.end
        }
        return frameCount
    }
}

/// The frames of a sequence: the samples of its longest track of pictures; 1 for a file without tracks.
private enum SequenceFrames {
    private static let containers: [ChunkName] = ["moov", "trak", "mdia", "minf", "stbl"]

    static func count(_ bytes: Span<UInt8>) -> Int? {
        guard bytes.holds(Array("ftyp".utf8), at: 4) else { return nil }
        return max(1, sampleCount(bytes, 0..<bytes.count, depth: 0))
    }

    private static func sampleCount(_ bytes: Span<UInt8>, _ range: Range<Int>, depth: Int) -> Int {
        var most = 0
        var offset = range.lowerBound
        while let box = MediaBoxPlace(in: bytes, at: offset, limit: range.upperBound) {
            offset = box.range.upperBound
            if containers.contains(box.name), depth < containers.count {
                most = max(most, sampleCount(bytes, box.body, depth: depth + 1))
            } else if box.name == "stsz" || box.name == "stz2" {
                // Version and flags, the size of every sample or how sizes are written, the number of samples.
                most = max(most, bytes.number(at: box.body.lowerBound + 8, 4) ?? 0)
            }
        }
        return most
    }
}
