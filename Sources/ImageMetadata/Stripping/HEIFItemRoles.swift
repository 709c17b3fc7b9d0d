/// Which items of a file stay, which become empty EXIF blocks, and which go.
///
/// Pictures stay, but for thumbnails and what only thumbnails are made of.
struct HEIFItemRoles {
    /// What belongs to items that stay.
    private(set) var keptRanges: [Range<Int>] = []
    /// What belongs to each EXIF item, in order.
    private(set) var exifRanges: [[Range<Int>]] = []
    /// What belongs to items that go.
    private(set) var removedRanges: [Range<Int>] = []
    /// Where the file is at fault, if a picture's bytes cannot be found in it.
    private(set) var unreachableOffset: Int?

    private let removedPictures: Set<Int>
    private let kinds: [Int: HEIFItemTable.Kind]

    /// Decides.
    ///
    /// - Parameter items: The items.
    init(_ items: HEIFItemTable) {
        kinds = items.kinds
        removedPictures = Self.thumbnails(of: items)
        var exif: [Int: [Range<Int>]] = [:]
        for extent in items.extents {
            let role = role(of: extent.itemID)
            guard let range = extent.range else {
                if role == .picture { unreachableOffset = 0 }
                continue
            }
            switch role {
            case .picture: keptRanges.append(range)
            case .exif: exif[extent.itemID, default: []].append(range)
            case .other: removedRanges.append(range)
            }
        }
        exifRanges = exif.sorted { $0.key < $1.key }.map(\.value)
    }

    /// What becomes of an item: a thumbnail is no picture any more.
    ///
    /// - Parameter itemID: The item.
    /// - Returns: What it is to be taken for.
    func role(of itemID: Int) -> HEIFItemTable.Kind {
        removedPictures.contains(itemID) ? .other : kinds[itemID] ?? .other
    }

    /// Thumbnails that nothing is made of, and then what nothing else but those is made of.
    private static func thumbnails(of items: HEIFItemTable) -> Set<Int> {
        var userCounts: [Int: Int] = [:]
        var sources: [Int: [Int]] = [:]
        for (derived, source) in items.derivations {
            userCounts[source, default: 0] += 1
            sources[derived, default: []].append(source)
        }
        var removed: Set<Int> = []
        var queue = items.thumbnailIDs.filter { userCounts[$0] == nil }
        while let itemID = queue.popFirst() {
            guard itemID != items.primaryID, items.kinds[itemID] == .picture, removed.insert(itemID).inserted else {
                continue
            }
            for source in sources[itemID] ?? [] {
                let left = (userCounts[source] ?? 0) - 1
                userCounts[source] = left
                if left == 0 { queue.insert(source) }
            }
        }
        return removed
    }
}
