import GalleryCore
import Testing

@Suite("Part plans")
struct PartPlanTests {
    private let part = PartPlan.partByteCount

    @Test(
        "parts cover the file exactly, only the last one is short",
        arguments: [1, 5, 8 << 20, (8 << 20) + 1, 1 << 30]
    )
    func cover(byteCount: Int64) throws {
        let plan = PartPlan(byteCount: byteCount)
        let sizes = try (1...plan.partCount).map { try plan.byteCount(ofPart: $0).unwrapped() }
        #expect(sizes.reduce(0, +) == byteCount)
        #expect(sizes.dropLast().allSatisfy { $0 == part } && sizes.allSatisfy { $0 > 0 })
    }

    @Test("there are no parts outside of the plan", arguments: [0, -1, 4, 10_001, Int.max, Int.min])
    func outside(number: Int) {
        #expect(PartPlan(byteCount: 3 * part).byteCount(ofPart: number) == nil)
    }

    @Test("what is absent or of another size is missing")
    func missing() {
        let plan = PartPlan(byteCount: 3 * part + 7)
        func stored(_ number: Int, _ byteCount: Int64) -> ArrivedPart {
            ArrivedPart(number: number, byteCount: byteCount, etag: "", digest: nil)
        }
        #expect(plan.missing(from: []) == [1, 2, 3, 4])
        #expect(plan.missing(from: [stored(1, part), stored(2, part - 1), stored(4, 7), stored(5, part)]) == [2, 3])
        #expect(plan.missing(from: (1...3).map { stored($0, part) } + [stored(4, 7)]).isEmpty)
    }

    @Test("the largest file has 10,000 parts")
    func most() {
        #expect(PartPlan(byteCount: PartPlan.maximumByteCount).partCount == 10_000)
    }
}
