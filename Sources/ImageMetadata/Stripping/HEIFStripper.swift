/// Blanks what an AVIF or HEIC holds beside its pictures, in place: every offset in the file stays true.
///
/// What is known to be needed stays, everything else becomes zeros: items that are no pictures, thumbnails, bytes of
/// `mdat` that belong to no item, boxes and properties of unknown meaning (their type becomes `free`), names and times.
/// An EXIF item becomes a block without entries, for decoders that insist on one. What follows the last box that is
/// needed is cut off. Samples of a sequence are not told apart: where there is a `moov`, only what belongs to items
/// that go is blanked in `mdat`.
struct HEIFStripper {
    /// How many boxes at the top of a file are walked.
    static let boxLimit = 1024
    /// How long the boxes that describe the file may be, together.
    static let descriptionByteLimit = 16 * 1024 * 1024

    /// Boxes at the top that are kept as they are; `mdat`, `meta` and `moov` are looked into.
    private static let neededBoxes: [ChunkName] = ["ftyp", "meta", "mdat", "moov"]
    private static let fragmentBoxes: [ChunkName] = ["moof", "styp", "sidx"]

    /// Cleans a file.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: What the clean file is made of.
    /// - Throws: As ``MetadataStripper/edits(of:)``.
    func strip(_ bytes: Span<UInt8>) throws(ImageMetadataError) -> EditList {
        let boxes = try topBoxes(bytes)
        guard let meta = boxes.first(where: { $0.name == "meta" }) else {
            throw .malformed(.primaryItem, at: 0)
        }
        let items = try HEIFItemTable(bytes, meta: meta)
        let roles = HEIFItemRoles(items)
        let movie = boxes.first { $0.name == "moov" }
        try check(items, roles, against: boxes, meta: meta)
        var plan = BlankingPlan(protecting: roles.keptRanges + roles.exifRanges.flatMap(\.self))
        HEIFDescriptionBlanker(items: items, roles: roles).blank(meta, of: bytes, into: &plan)
        for box in boxes where box.range != meta.range {
            blank(box, hasMovie: movie != nil, isFirstMovie: box.range == movie?.range, of: bytes, into: &plan)
        }
        for ranges in roles.exifRanges { plan.write(OrientationBlock.item, over: ranges) }
        for range in roles.removedRanges { plan.blankUnprotected(range) }
        let lastNeeded = boxes.last { isNeeded($0, hasMovie: movie != nil) } ?? meta
        return plan.edits(of: bytes, upTo: max(lastNeeded.range.upperBound, plan.protectedEnd))
    }

    private func topBoxes(_ bytes: Span<UInt8>) throws(ImageMetadataError) -> [MediaBoxPlace] {
        guard bytes.holds(Array("ftyp".utf8), at: 4) else { throw .unknownFormat(nil) }
        var boxes: [MediaBoxPlace] = []
        var offset = 0
        while let box = MediaBoxPlace(in: bytes, at: offset, limit: bytes.count) {
            guard boxes.count < Self.boxLimit else { throw .headerTooLong(at: offset) }
            boxes.append(box)
            offset = box.range.upperBound
        }
        let described = boxes.reduce(0) { $0 + ($1.name == "meta" || $1.name == "moov" ? $1.range.count : 0) }
        guard described <= Self.descriptionByteLimit else { throw .headerTooLong(at: 0) }
        return boxes
    }

    /// Refuses a file whose items lie in what describes them, or whose pictures share bytes with what has to go.
    private func check(
        _ items: HEIFItemTable,
        _ roles: HEIFItemRoles,
        against boxes: [MediaBoxPlace],
        meta: MediaBoxPlace
    ) throws(ImageMetadataError) {
        if let offset = roles.unreachableOffset { throw .malformed(.itemLocation, at: offset) }
        let kept = ByteRanges(roles.keptRanges)
        let going = roles.removedRanges + roles.exifRanges.flatMap(\.self)
        if let shared = going.first(where: { kept.overlap($0) }) {
            throw .malformed(.itemLocation, at: shared.lowerBound)
        }
        let described = boxes.filter { ["ftyp", "meta", "moov"].contains($0.name) }.map(\.range)
        let structure = ByteRanges(ByteRanges(items.inlineData.map { [$0] } ?? []).gaps(in: 0..<Int.max))
        let forbidden = ByteRanges(
            described.flatMap { range in
                structure.ranges.map { $0.clamped(to: range) }
            } + boxes.map { $0.range.lowerBound..<$0.body.lowerBound }
        )
        if let misplaced = (roles.keptRanges + going).first(where: { forbidden.overlap($0) }) {
            throw .malformed(.itemLocation, at: misplaced.lowerBound)
        }
    }

    private func isNeeded(_ box: MediaBoxPlace, hasMovie: Bool) -> Bool {
        Self.neededBoxes.contains(box.name) || (hasMovie && Self.fragmentBoxes.contains(box.name))
    }

    private func blank(
        _ box: MediaBoxPlace,
        hasMovie: Bool,
        isFirstMovie: Bool,
        of bytes: Span<UInt8>,
        into plan: inout BlankingPlan
    ) {
        switch box.name {
        case "ftyp": break
        case "mdat":
            if !hasMovie { plan.blankUnprotected(box.body) }
        case "moov" where isFirstMovie:
            MovieBlanker().blank(box.body, of: bytes, into: &plan)
        case _ where isNeeded(box, hasMovie: hasMovie) && box.name != "meta" && box.name != "moov":
            break
        default:
            plan.free(box)
        }
    }
}

extension OrientationBlock {
    /// What an EXIF item becomes: the offset of the block behind these four bytes, and the block.
    fileprivate static let item: [UInt8] = [0, 0, 0, 0] + empty
}
