/// Folders that were made, but whose name in the folder above may not be durable yet.
///
/// A writer that finds such a folder, made a moment ago by another writer, must not take it for granted: it syncs the
/// folder above itself. Each making has a stamp, so that a folder removed and made again while somebody was syncing
/// stays unsettled.
struct UnsettledFolders {
    /// What a writer saw of its own way down, to be settled after its sync.
    struct Marks {
        /// How many folders above the last one have to be synced.
        var levels = 0
        fileprivate var stamps: [[String]: UInt64] = [:]
    }

    private var stamps: [[String]: UInt64] = [:]
    private var clock: UInt64 = 0

    /// Notes that the folder at this path was made.
    mutating func insert(_ path: [String]) {
        clock += 1
        stamps[path] = clock
    }

    /// What is unsettled on the way to a folder.
    func marks(onTheWayTo path: [String]) -> Marks {
        var marks = Marks()
        guard !stamps.isEmpty else { return marks }
        for count in path.indices.reversed().map({ $0 + 1 }) {
            let folder = Array(path.prefix(count))
            guard let stamp = stamps[folder] else { continue }
            marks.stamps[folder] = stamp
            marks.levels = path.count - count + 1
        }
        return marks
    }

    /// Notes that what the marks saw is durable now.
    mutating func settle(_ marks: Marks) {
        for (folder, stamp) in marks.stamps where stamps[folder] == stamp { stamps[folder] = nil }
    }
}
