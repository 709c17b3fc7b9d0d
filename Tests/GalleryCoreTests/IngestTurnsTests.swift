import Synchronization
import Testing

@testable import GalleryCore

@Suite("Turns of ingest")
struct IngestTurnsTests {
    @Test("an upload that is told of while it is looked at is looked at once more, not twice at once")
    func onceMore() async {
        let turns = IngestTurns()
        let id = ImageID.random()
        let looks = Mutex(0)
        await turns.take(id) {
            guard
                looks.withLock({
                    $0 += 1; return $0
                }) == 1
            else { return }
            for _ in 0..<3 { await turns.take(id) { Issue.record("looked at twice at once") } }
        }
        #expect(looks.withLock { $0 } == 2)
    }

    @Test("a turn that ended leaves the next one free")
    func free() async {
        let turns = IngestTurns()
        let id = ImageID.random()
        let looks = Mutex(0)
        for _ in 0..<3 { await turns.take(id) { looks.withLock { $0 += 1 } } }
        #expect(looks.withLock { $0 } == 3)
    }

    @Test("another upload does not wait")
    func others() async {
        let turns = IngestTurns()
        let looks = Mutex(0)
        await turns.take(.random()) {
            await turns.take(.random()) { looks.withLock { $0 += 1 } }
        }
        #expect(looks.withLock { $0 } == 1)
    }
}
