import GalleryClient
import Testing

@Suite("The budget of transfers")
struct TransferBudgetTests {
    @Test("grants what is free, up to what is of use")
    func grants() async throws {
        let budget = TransferBudget(slots: 4)
        #expect(try await budget.acquire(upTo: 3) == 3)
        #expect(try await budget.acquire(upTo: 3) == 1)
        #expect(budget.free == 0)
        budget.release(4)
        #expect(budget.free == 4)
    }

    @Test("serves whoever waits, each slot once")
    func serves() async throws {
        let budget = TransferBudget(slots: 1)
        #expect(try await budget.acquire() == 1)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await budget.withSlot { budget.free } } }
            budget.release()
            for try await free in group { #expect(free == 0) }
        }
        #expect(budget.free == 1)
    }

    @Test("lets a waiter go that is cancelled, and loses no slot", arguments: 0..<50)
    func cancels(round: Int) async throws {
        let budget = TransferBudget(slots: 1)
        #expect(try await budget.acquire() == 1)
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 { group.addTask { (try? await budget.acquire()) ?? 0 } }
            if round.isMultiple(of: 2) { budget.release() }
            group.cancelAll()
            for await granted in group where granted > 0 { budget.release(granted) }
        }
        if !round.isMultiple(of: 2) { budget.release() }
        #expect(budget.free == 1)
    }

    @Test("refuses a task that is cancelled already")
    func refusesCancelled() async {
        let budget = TransferBudget(slots: 1)
        let outcome = await withTaskGroup(of: Bool.self) { group in
            group.cancelAll()
            group.addTask { (try? await budget.acquire()) != nil }
            return await group.next()
        }
        #expect(outcome == false)
        #expect(budget.free == 1)
    }
}
