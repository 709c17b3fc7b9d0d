/// Merges the parts of the gallery's order, each newest first, to one page: says what to read, takes what was read.
///
/// A state machine without I/O. It asks each part for its share, and again only those that the page needs more of.
struct FeedMerge {
    /// What to read of one part.
    struct Request: Hashable, Sendable {
        let shard: Int
        /// Entries have lower positions than this.
        let below: Int64
        let limit: Int
    }

    /// An answer that is not what was asked for.
    struct Disorder: Error, CustomStringConvertible {
        let description = "the gallery's order is damaged: its parts are not sorted"
    }

    private struct Shard {
        var waiting: ArraySlice<FeedEntry> = []
        var below: Int64
        var isExhausted = false
    }

    /// The page so far, newest first.
    private(set) var merged: [FeedEntry] = []
    private var shards: [Shard]
    private let wanted: Int

    /// Begins a page of the newest entries below a position.
    init(shardCount: Int, below position: Int64, wanted: Int) {
        shards = Array(repeating: Shard(below: position), count: shardCount)
        self.wanted = wanted
    }

    /// What has to be read before the page can grow; empty when it is complete.
    var requests: [Request] {
        guard merged.count < wanted else { return [] }
        // A share and a bit, since chance is uneven.
        let share = (wanted - merged.count + shards.count - 1) / shards.count + 2
        return shards.indices.filter { needs(shards[$0]) }.map {
            Request(shard: $0, below: shards[$0].below, limit: min(share, wanted - merged.count))
        }
    }

    /// Takes what a request found.
    mutating func receive(_ entries: [FeedEntry], isLast: Bool, for request: Request) throws(Disorder) {
        for entry in entries {
            guard entry.position < shards[request.shard].below else { throw Disorder() }
            shards[request.shard].below = entry.position
            shards[request.shard].waiting.append(entry)
        }
        // A page without entries that is not the last would be asked for again and again.
        guard isLast || !entries.isEmpty else { throw Disorder() }
        shards[request.shard].isExhausted = isLast
        grow()
    }

    private mutating func grow() {
        while merged.count < wanted, !shards.contains(where: needs) {
            let newest = shards.indices.max { newestPosition($0) < newestPosition($1) }
            guard let newest, let entry = shards[newest].waiting.popFirst() else { return }
            merged.append(entry)
        }
    }

    /// Whether nobody knows what comes next in this part.
    private func needs(_ shard: Shard) -> Bool { shard.waiting.isEmpty && !shard.isExhausted }

    private func newestPosition(_ shard: Int) -> Int64 { shards[shard].waiting.first?.position ?? .min }
}
