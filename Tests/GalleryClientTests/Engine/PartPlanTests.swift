import GalleryClient
import Testing

@Suite("A part plan")
struct PartPlanTests {
    @Test("cuts a file without gap, overlap or empty part", arguments: [1, 7, 8, 9, 16, 17, 800])
    func covers(size: Int64) {
        let plan = PartPlan(size: size, partSize: 8)
        let ranges = (1...plan.count).map(plan.range)
        #expect(ranges.first?.lowerBound == 0)
        #expect(ranges.last?.upperBound == size)
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        #expect(ranges.allSatisfy { !$0.isEmpty && $0.count <= 8 })
    }

    @Test("keeps a file of 16 MiB whole and cuts one more byte into 8 MiB parts")
    func singlePut() {
        #expect(PartPlan.forDigest(size: 16 << 20).count == 1)
        let plan = PartPlan.forDigest(size: (16 << 20) + 1)
        #expect(plan.count == 3)
        let single: Int64 = 16 << 20
        #expect(plan.range(of: 3) == single..<(single + 1))
    }
}
