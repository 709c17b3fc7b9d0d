import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a run through a gallery says: a bar on a terminal, plain lines elsewhere.
struct RebuildConsole {
    private let isLively = Console.isLively(terminal: ProcessInfo.processInfo.environment["TERM"])

    /// Says how much there is to do.
    func begin(_ total: Int) {
        Console.note(
            total == 0
                ? "imgn: all pictures are up to date"
                : "imgn: \(total) picture\(total == 1 ? "" : "s") to make renditions of"
        )
    }

    /// Says how far it is.
    func show(_ done: Int, of total: Int) {
        guard isLively else {
            // About ten lines in all.
            if done == total || done * 10 / total != max(0, done - 8) * 10 / total {
                Console.note("imgn: \(done) of \(total)")
            }
            return
        }
        let width = max(10, min(40, Console.size.columns - 30))
        let filled = width * done / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        Console.draw("\r\(bar) \(done) of \(total)\u{1B}[K")
    }

    /// Says why a picture stays as it was.
    func note(_ image: GalleryImage, _ reason: String) {
        if isLively { Console.draw("\r\u{1B}[K") }
        Console.note("imgn: \(image.id) (\(image.name)) stays as it was: \(reason)")
    }

    /// Says what came of it all.
    func conclude(_ tally: RebuildRun.Tally) {
        if isLively { Console.draw("\r\u{1B}[K") }
        let parts = [
            "\(tally.done) made anew", tally.failed > 0 ? "\(tally.failed) left as they were" : nil,
            tally.gone > 0 ? "\(tally.gone) removed meanwhile" : nil,
        ]
        Console.note("imgn: " + parts.compactMap(\.self).joined(separator: ", "))
    }
}
