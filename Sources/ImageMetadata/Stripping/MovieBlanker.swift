/// Blanks texts, times and places in a `moov` box (ISO/IEC 14496-12, 8.2); tracks and their samples stay.
struct MovieBlanker {
    private static let depthLimit = 8
    private static let containers: [ChunkName] = ["trak", "mdia", "minf", "stbl", "edts", "dinf", "mvex"]
    private static let texts: [ChunkName] = ["udta", "meta", "uuid", "free", "skip", "cprt", "kind", "tsel", "strk"]

    /// Looks through boxes.
    ///
    /// - Parameters:
    ///   - boxes: The inside of `moov`, or of a container in it.
    ///   - bytes: The file.
    ///   - plan: Takes what is to be blanked.
    ///   - depth: How many containers are around it.
    func blank(_ boxes: Range<Int>, of bytes: Span<UInt8>, into plan: inout BlankingPlan, depth: Int = 0) {
        var offset = boxes.lowerBound
        while let box = MediaBoxPlace(in: bytes, at: offset, limit: boxes.upperBound) {
            offset = box.range.upperBound
            switch box.name {
            case _ where Self.containers.contains(box.name):
                if depth < Self.depthLimit { blank(box.body, of: bytes, into: &plan, depth: depth + 1) }
            case _ where Self.texts.contains(box.name):
                plan.free(box)
            case "mvhd", "tkhd", "mdhd":
                // Version and flags, then the times of creation and of the last change.
                let timeByteCount = bytes.number(at: box.body.lowerBound, 1) == 1 ? 8 : 4
                plan.blankUnprotected(box.body(after: 4).prefix(2 * timeByteCount))
            case "hdlr":
                plan.blankUnprotected(box.body(after: 24))
            default:
                break
            }
        }
    }
}
