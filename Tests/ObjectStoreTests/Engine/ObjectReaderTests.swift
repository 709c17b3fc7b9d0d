import NIOCore
import Testing

@testable import ObjectStore

@Suite("Readers of objects")
struct ObjectReaderTests {
    @Test("reads outside of the body are cut off")
    func ranges() async throws {
        try await TestStore.with { test in
            try await test.put("a", [0, 1, 2, 3])
            try await test.store.withObject("a", in: TestStore.bucket) { reader in
                let ranges: [(Range<Int64>, [UInt8])] = [
                    (0..<4, [0, 1, 2, 3]), (1..<3, [1, 2]), (3..<100, [3]), (4..<9, []),
                    (100..<200, []), (-5..<1, [0]), (2..<2, []),
                ]
                for (range, expected) in ranges {
                    let read = try await reader.read(range)
                    #expect(Array(read.readableBytesView) == expected, "\(range)")
                }
            }
        }
    }
}
