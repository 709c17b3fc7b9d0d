import Testing

@testable import GalleryClient

@Suite("The machine of a single PUT")
struct PutMachineTests {
    private let fault = TransientFault(reason: "the connection was cut")

    private func machine() -> PutMachine {
        PutMachine(policy: .patient, at: .zero) { 0.5 }
    }

    @Test("is done when the store has the bytes")
    func finishes() throws {
        var machine = machine()
        #expect(try machine.receive(.stored, at: .zero) == .finish)
    }

    @Test("asks for a fresh ticket once after a 403, and gives up on the second")
    func asksAgainOnce() throws {
        var machine = machine()
        #expect(try machine.receive(.forbidden, at: .zero) == .askAgain)
        #expect(throws: UploadFailure.self) { try machine.receive(.forbidden, at: .zero) }
    }

    @Test("asks again after a 403 that follows a fault: the URL grew old while waiting")
    func asksAgainAfterFault() throws {
        var machine = machine()
        #expect(try machine.receive(.forbidden, at: .zero) == .askAgain)
        #expect(try machine.receive(.transient(fault), at: .zero) == .sendAgain(after: .milliseconds(250)))
        #expect(try machine.receive(.forbidden, at: .zero) == .askAgain)
    }

    @Test("hashes again once when the bytes arrive damaged")
    func hashesAgainOnce() throws {
        var machine = machine()
        #expect(try machine.receive(.badDigest, at: .zero) == .hashAgain)
        #expect(throws: UploadFailure.damagedOnTheWay) { try machine.receive(.badDigest, at: .zero) }
    }

    @Test("waits longer with each fault, until patience is over")
    func losesPatience() throws {
        var machine = machine()
        #expect(try machine.receive(.transient(fault), at: .seconds(1)) == .sendAgain(after: .milliseconds(250)))
        #expect(try machine.receive(.transient(fault), at: .seconds(299)) == .sendAgain(after: .milliseconds(500)))
        #expect(throws: UploadFailure.gaveUp(reason: fault.reason)) {
            try machine.receive(.transient(fault), at: .seconds(300))
        }
    }

    @Test("ends at once when the store refuses for good")
    func ends() {
        var machine = machine()
        let refusal = StoreAnswer.refused(status: 400, code: "EntityTooLarge", message: "Too large")
        #expect(throws: UploadFailure.storeRefused(status: 400, code: "EntityTooLarge", message: "Too large")) {
            try machine.receive(refusal, at: .zero)
        }
    }
}
