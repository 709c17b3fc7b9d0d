import Foundation
import GalleryCore
import ImageMetadata
import Testing

@testable import GalleryAWS

@Suite("Merging the parts of the gallery's order")
struct FeedMergeTests {
    private func entry(_ position: Int64) throws -> FeedEntry {
        let digest = try #require(ContentDigest(bytes: Array(repeating: 0, count: 32)))
        let image = GalleryImage(
            id: .random(),
            name: FileName("x.png"),
            header: (.png, 1, 1),
            content: (1, digest),
            createdAt: Date(timeIntervalSince1970: 0)
        )
        return FeedEntry(position: position, image: image)
    }

    /// Answers requests from parts until the page is complete; how many requests there were.
    private func run(_ merge: inout FeedMerge, on parts: [[FeedEntry]]) throws -> Int {
        var count = 0
        while !merge.requests.isEmpty {
            for request in merge.requests {
                count += 1
                let rest = parts[request.shard].filter { $0.position < request.below }
                let page = Array(rest.prefix(request.limit))
                try merge.receive(page, isLast: page.count == rest.count, for: request)
            }
        }
        return count
    }

    @Test("gives the newest of all, whatever is where", arguments: [1, 2, 4, 7], [1, 2, 10, 33, 200])
    func order(shardCount: Int, wanted: Int) throws {
        for size in [0, 1, 5, 60] {
            let all = try (0..<size).map { try entry(Int64(10 + 3 * $0)) }
            var parts: [[FeedEntry]] = Array(repeating: [], count: shardCount)
            for entry in all.reversed() { parts[Int.random(in: 0..<shardCount)].append(entry) }
            var merge = FeedMerge(shardCount: shardCount, below: 100, wanted: wanted)
            _ = try run(&merge, on: parts)
            let expected = all.map(\.position).filter { $0 < 100 }.reversed().prefix(wanted)
            #expect(merge.merged.map(\.position) == Array(expected))
        }
    }

    @Test("asks each part once when they are even, and for no more than its share and a bit")
    func economy() throws {
        let all = try (0..<400).map { try entry(Int64(400 - $0)) }
        let parts = (0..<4).map { part in all.filter { Int($0.position) % 4 == part } }
        var merge = FeedMerge(shardCount: 4, below: .max, wanted: 41)
        #expect(merge.requests.allSatisfy { $0.limit <= 13 })
        #expect(try run(&merge, on: parts) == 4)
    }

    @Test("refuses parts that are not sorted, or do not go forward")
    func disorder() throws {
        let request = FeedMerge.Request(shard: 0, below: 100, limit: 5)
        for positions in [[100], [5, 6], [5, 5], [200]] as [[Int64]] {
            var merge = FeedMerge(shardCount: 1, below: 100, wanted: 9)
            let entries = try positions.map(entry)
            #expect(throws: FeedMerge.Disorder.self) { try merge.receive(entries, isLast: true, for: request) }
        }
        var merge = FeedMerge(shardCount: 1, below: 100, wanted: 9)
        #expect(throws: FeedMerge.Disorder.self) { try merge.receive([], isLast: false, for: request) }
    }

    @Test("places grow, also when the clock is set back or out of all bounds")
    func positions() {
        let positions = FeedPositions()
        var last: Int64 = 0
        for time in [1_795_374_000_000, 1_795_374_000_000, 1_795_373_000_000, -5, 0, .max, 1] as [Int64] {
            let next = positions.next(atMilliseconds: time)
            #expect(next > last)
            last = next
        }
        #expect(FeedPositions().next(atMilliseconds: 1_795_374_000_123) >> 20 == 1_795_374_000_123)
    }

    @Test("places sort as texts like the numbers they are")
    func texts() {
        let positions: [Int64] = [1, 9, 10, 1_795_374_000_000 << 20, .max]
        #expect(positions.map(CatalogKey.feedSort).sorted() == positions.map(CatalogKey.feedSort))
    }
}
