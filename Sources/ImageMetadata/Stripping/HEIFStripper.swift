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
        let hasMovie = movie != nil
        for box in boxes {
            switch box.name {
            case "meta" where box.range == meta.range: break
            case "moov" where box.range == movie?.range: MovieBlanker().blank(box.body, of: bytes, into: &plan)
            case "mdat" where !hasMovie: plan.blankUnprotected(box.body)
            case _ where Self.isNeeded(box, hasMovie: hasMovie): break
            default: plan.free(box)
            }
        }
        for ranges in roles.exifRanges { plan.write(OrientationBlock.item, over: ranges) }
        for range in roles.removedRanges { plan.blankUnprotected(range) }
        // What follows the last box is no box, and goes.
        let boxesEnd = boxes.last?.range.upperBound ?? 0
        guard plan.protectedEnd <= boxesEnd else { throw .malformed(.itemLocation, at: boxesEnd) }
        let lastNeeded = boxes.last {
            $0.range == meta.range || $0.range == movie?.range || Self.isNeeded($0, hasMovie: hasMovie)
        }
        return plan.edits(of: bytes, upTo: max(lastNeeded?.range.upperBound ?? 0, plan.protectedEnd))
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

    /// Whether a box stays, all but the first `meta` and the first `moov`, which stay anyway.
    private static func isNeeded(_ box: MediaBoxPlace, hasMovie: Bool) -> Bool {
        switch box.name {
        case "ftyp", "mdat": true
        case "moof", "styp", "sidx": hasMovie
        default: false
        }
    }
}

extension OrientationBlock {
    /// What an EXIF item becomes: the offset of the block behind these four bytes, and the block.
    fileprivate static let item: [UInt8] = [0, 0, 0, 0] + empty
}
