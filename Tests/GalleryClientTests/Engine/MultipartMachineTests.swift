import Testing

@testable import GalleryClient

@Suite("The multipart machine")
struct MultipartMachineTests {
    private let fault = TransientFault(reason: "the server answered 503")

    @Test("signs all parts that have slots in one request, and none before")
    func signsTogether() throws {
        var bench = MachineBench(parts: 10)
        #expect(bench.commands == [.acquire(upTo: 4)])
        try bench.happens(.granted(3))
        #expect(bench.signing == [1, 2, 3])
        #expect(bench.commands.contains(.acquire(upTo: 1)))
        try bench.happens(.granted(1))
        #expect(bench.signing == [], "one signing request at a time")
        try bench.happens(
            .signed([1, 2, 3].map { SignedPart(number: $0, url: "", headers: [:]) })
        )
        #expect(bench.sending == [1, 2, 3])
        #expect(bench.signing == [4])
    }

    @Test("binds each part's own digest")
    func bindsDigests() throws {
        var bench = MachineBench(parts: 2)
        try bench.happens(.granted(2))
        let claims = [1, 2].map { PartClaim(number: $0, sha256: MachineBench.digest($0)) }
        #expect(bench.commands == [.sign(claims)])
    }

    @Test("gives a slot back with each answer, so that other files get their turn")
    func releasesSlots() throws {
        var bench = MachineBench(parts: 3, parallel: 1)
        try bench.startSending(1)
        try bench.happens(.answered(1, .stored))
        #expect(bench.commands == [.release(1), .acquire(upTo: 1)])
        #expect(bench.machine.heldSlots == 0)
    }

    @Test("completes when the last part is stored, and only then")
    func completes() throws {
        var bench = MachineBench(parts: 2)
        try bench.startSending(2)
        try bench.happens(.answered(2, .stored))
        #expect(!bench.commands.contains(.complete))
        try bench.happens(.answered(1, .stored))
        #expect(bench.commands == [.release(1), .complete])
        try bench.happens(.completed)
        #expect(bench.machine.isFinished)
    }

    @Test("sends only what the store does not have in the right size and with the right digest")
    func resumes() throws {
        let stored = [
            StoredPart(number: 1, size: 8, sha256: MachineBench.digest(1)),
            StoredPart(number: 2, size: 7, sha256: MachineBench.digest(2)),
            StoredPart(number: 3, size: 8, sha256: "another"),
            StoredPart(number: 4, size: 8, sha256: nil),
            StoredPart(number: 99, size: 8, sha256: nil),
        ]
        var bench = MachineBench(parts: 4, stored: stored)
        #expect(bench.machine.storedNumbers == [1, 4])
        #expect(bench.commands == [.acquire(upTo: 2)])
        try bench.happens(.granted(2))
        #expect(bench.signing == [2, 3])
    }

    @Test("only completes what is in the store whole")
    func resumesAtTheEnd() {
        let stored = [1, 2].map { StoredPart(number: $0, size: 8, sha256: nil) }
        #expect(MachineBench(parts: 2, stored: stored).commands == [.complete])
    }

    @Test("asks for a fresh URL once after a 403, and gives up on the second")
    func signsAgainOnce() throws {
        var bench = MachineBench(parts: 1)
        try bench.startSending(1)
        try bench.happens(.answered(1, .forbidden))
        #expect(bench.commands == [.release(1), .acquire(upTo: 1)])
        try bench.startSending(1)
        #expect(throws: UploadFailure.self) { try bench.happens(.answered(1, .forbidden)) }
    }

    @Test("takes a 403 after a fault for a first one: the URL grew old while waiting")
    func signsAgainAfterRest() throws {
        var bench = MachineBench(parts: 1)
        try bench.startSending(1)
        try bench.happens(.answered(1, .forbidden))
        try bench.startSending(1)
        try bench.happens(.answered(1, .transient(fault)))
        try bench.happens(.rested(1))
        try bench.startSending(1)
        try bench.happens(.answered(1, .forbidden))
        #expect(bench.commands.contains(.acquire(upTo: 1)))
    }

    @Test("lets a part rest after a fault without its slot, then signs it anew")
    func rests() throws {
        var bench = MachineBench(parts: 1)
        try bench.startSending(1)
        try bench.happens(.answered(1, .transient(fault)))
        #expect(bench.commands == [.release(1), .rest(1, .milliseconds(250))])
        #expect(bench.machine.heldSlots == 0)
        try bench.happens(.rested(1))
        #expect(bench.commands == [.acquire(upTo: 1)])
        try bench.happens(.granted(1))
        #expect(bench.signing == [1])
    }

    @Test("waits longer with each fault of a part")
    func backsOff() throws {
        var bench = MachineBench(parts: 1)
        var rests: [Duration] = []
        for _ in 0..<8 {
            try bench.startSending(1)
            try bench.happens(.answered(1, .transient(fault)))
            if case .rest(_, let duration) = bench.commands.last { rests.append(duration) }
            try bench.happens(.rested(1))
        }
        #expect(rests == [0.25, 0.5, 1, 2, 4, 7.5, 7.5, 7.5].map { .seconds($0) })
    }

    @Test("gives up when no part went well for as long as patience lasts")
    func losesPatience() throws {
        var bench = MachineBench(parts: 2)
        try bench.startSending(2)
        bench.now = .seconds(299)
        try bench.happens(.answered(1, .stored))
        bench.now = .seconds(598)
        try bench.happens(.answered(2, .transient(fault)))
        try bench.happens(.rested(2))
        try bench.startSending(1)
        bench.now = .seconds(599)
        #expect(throws: UploadFailure.gaveUp(reason: fault.reason)) {
            try bench.happens(.answered(2, .transient(fault)))
        }
    }

    @Test("hashes a part again that arrived damaged, and sends it once more")
    func hashesAgainOnce() throws {
        var bench = MachineBench(parts: 1)
        try bench.startSending(1)
        try bench.happens(.answered(1, .badDigest))
        #expect(bench.commands == [.release(1), .rehash(1)])
        try bench.happens(.rehashed(1, MachineBench.digest(1)))
        try bench.startSending(1)
        #expect(throws: UploadFailure.damagedOnTheWay) { try bench.happens(.answered(1, .badDigest)) }
    }

    @Test("stops when the part's bytes are others than before")
    func noticesChange() throws {
        var bench = MachineBench(parts: 1)
        try bench.startSending(1)
        try bench.happens(.answered(1, .badDigest))
        #expect(throws: UploadFailure.fileChanged) { try bench.happens(.rehashed(1, "other")) }
    }

    @Test("sends the parts again that completing misses, but not for ever")
    func sendsMissing() throws {
        let stored = [1, 2, 3].map { StoredPart(number: $0, size: 8, sha256: nil) }
        var bench = MachineBench(parts: 3, stored: stored)
        for _ in 0..<2 {
            try bench.happens(.incomplete([2]))
            #expect(bench.commands == [.acquire(upTo: 1)])
            try bench.startSending(1)
            #expect(bench.sending == [2])
            try bench.happens(.answered(2, .stored))
            #expect(bench.commands.last == .complete)
        }
        #expect(throws: UploadFailure.partsVanish([2])) { try bench.happens(.incomplete([2])) }
    }

    @Test("does not go round in circles when completing misses parts that are none")
    func refusesStrangeMissing() {
        let stored = [StoredPart(number: 1, size: 8, sha256: nil)]
        var bench = MachineBench(parts: 1, stored: stored)
        #expect(throws: UploadFailure.partsVanish([7])) { try bench.happens(.incomplete([7])) }
    }

    @Test("ends at once when the store no longer knows the upload, or refuses for good")
    func ends() throws {
        var bench = MachineBench(parts: 2)
        try bench.startSending(2)
        #expect(throws: UploadFailure.uploadGone) { try bench.happens(.answered(1, .gone)) }
        let refusal = StoreAnswer.refused(status: 400, code: "InvalidPart", message: nil)
        #expect(throws: UploadFailure.storeRefused(status: 400, code: "InvalidPart", message: nil)) {
            try bench.happens(.answered(2, refusal))
        }
    }

    @Test("never has more parts under way than it may, whatever it is granted")
    func staysWithinParallel() throws {
        var bench = MachineBench(parts: 200, parallel: 6)
        var underWay: [Int] = []
        var stored = 0
        while !bench.machine.isFinished {
            if bench.commands.contains(.complete) {
                try bench.happens(.completed)
            } else if case .acquire(let limit) = bench.commands.last {
                try bench.happens(.granted(limit))
                try bench.sign()
                underWay += bench.sending
                #expect(underWay.count <= 6)
            }
            guard !underWay.isEmpty else { continue }
            try bench.happens(.answered(underWay.removeFirst(), .stored))
            stored += 1
        }
        #expect(stored == 200)
        #expect(bench.machine.heldSlots == 0)
    }
}
