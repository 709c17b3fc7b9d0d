import NIOCore
import Testing

@testable import AWSTransport

@Suite("Handing a body over")
struct BodyHandoverTests {
    private struct DiskError: Error {}

    @Test("pieces arrive in order, one at a time, and then the end")
    func order() async throws {
        let handover = BodyHandover()
        let taken = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 0..<1000 { try await handover.offer(ByteBuffer(integer: UInt16(number))) }
                handover.close()
            }
            var taken: [UInt16] = []
            for try await piece in handover { taken.append(piece.getInteger(at: 0) ?? 0) }
            return taken
        }
        #expect(taken == Array(0..<1000))
        #expect(try await handover.take() == nil)
    }

    @Test("a source's failure reaches who takes, now and later")
    func failure() async throws {
        let handover = BodyHandover()
        handover.close(DiskError())
        handover.close()
        await #expect(throws: DiskError.self) { try await handover.take() }
        await #expect(throws: DiskError.self) { try await handover.take() }
        #expect(handover.failure is DiskError)
    }

    @Test("an exchange that is over frees both sides", arguments: [true, false])
    func cancelled(isOffering: Bool) async throws {
        let handover = BodyHandover()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                if isOffering {
                    await #expect(throws: CancellationError.self) { try await handover.offer(ByteBuffer()) }
                } else {
                    await #expect(throws: CancellationError.self) { _ = try await handover.take() }
                }
            }
            if isOffering { group.cancelAll() } else { handover.close(CancellationError()) }
        }
        await #expect(throws: CancellationError.self) { try await handover.take() }
    }
}
