/// How a file is cut into parts.
package struct PartPlan: Sendable, Equatable {
    /// The most bytes that go in one PUT.
    package static let largestSinglePut: Int64 = 16 << 20
    /// The size of the parts that the content digest of a large file is made of.
    package static let digestPartSize: Int64 = 8 << 20

    /// The file's bytes.
    package let size: Int64
    /// Bytes a part.
    package let partSize: Int64

    /// - Parameters:
    ///   - size: The file's bytes, at least one.
    ///   - partSize: Bytes a part, at least one.
    package init(size: Int64, partSize: Int64) {
        precondition(size > 0 && partSize > 0, "a plan cuts something into something")
        self.size = size
        self.partSize = partSize
    }

    /// The plan whose part digests make a file's content digest.
    package static func forDigest(size: Int64) -> PartPlan {
        PartPlan(size: size, partSize: size > largestSinglePut ? digestPartSize : size)
    }

    /// How many parts there are.
    package var count: Int { Int((size - 1) / partSize) + 1 }

    /// The bytes of one part.
    ///
    /// - Parameter number: Counted from 1, up to `count`.
    /// - Returns: Where they are in the file.
    package func range(of number: Int) -> Range<Int64> {
        let start = Int64(number - 1) * partSize
        return start..<min(start + partSize, size)
    }
}
