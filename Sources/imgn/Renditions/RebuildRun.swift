import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One run through a gallery whose files are made anew.
struct RebuildRun {
    /// Whether pictures are only counted.
    let isRehearsal: Bool
    /// Files of the way in use are made anew, too, when they are older; `nil` leaves them.
    let madeBefore: Date?

    /// Pictures at once: as many as the maker decodes at a time.
    private static let concurrency = ProcessInfo.processInfo.activeProcessorCount

    /// What became of the pictures.
    struct Tally {
        var done = 0
        var gone = 0
        var failed = 0

        var count: Int { done + gone + failed }

        mutating func add(_ outcome: Gallery.Rebuilt) {
            switch outcome {
            case .done: done += 1
            case .gone: gone += 1
            case .failed: failed += 1
            }
        }
    }

    /// Goes through all pictures, newest first.
    ///
    /// - Returns: Whether all could be made anew.
    func run(on gallery: Gallery, _ console: RebuildConsole) async throws -> Bool {
        var total = 0
        try await forEachPage(of: gallery) { total += $0.count }
        console.begin(total)
        guard !isRehearsal, total > 0 else { return true }
        var tally = Tally()
        try await forEachPage(of: gallery) { images in
            for start in stride(from: 0, to: images.count, by: Self.concurrency) {
                let batch = images[start..<min(start + Self.concurrency, images.count)]
                for (image, outcome) in try await rebuild(Array(batch), in: gallery) {
                    tally.add(outcome)
                    if case .failed(let reason) = outcome { console.note(image, reason) }
                }
                console.show(tally.count, of: total)
            }
        }
        console.conclude(tally)
        return tally.failed == 0
    }

    private func rebuild(
        _ images: [GalleryImage],
        in gallery: Gallery
    ) async throws -> [(GalleryImage, Gallery.Rebuilt)] {
        try await withThrowingTaskGroup(of: (GalleryImage, Gallery.Rebuilt).self) { group in
            for image in images { group.addTask { (image, try await gallery.rebuild(image)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func forEachPage(of gallery: Gallery, _ body: ([GalleryImage]) async throws -> Void) async throws {
        var cursor: PageCursor?
        repeat {
            let page = try await gallery.page(after: cursor, limit: Gallery.maximumPageSize)
            try await body(page.images.filter(isOutdated))
            cursor = page.next
        } while cursor != nil
    }

    private func isOutdated(_ image: GalleryImage) -> Bool {
        if image.details.revision < ImageDetails.revision { return true }
        return madeBefore.map { Double(image.details.madeAt) < $0.timeIntervalSince1970 } ?? false
    }
}
