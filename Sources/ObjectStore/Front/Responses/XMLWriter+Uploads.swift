import S3XML

extension XMLWriter {
    /// Writes who started and will own what an upload becomes, and its storage class: the same for every upload here.
    mutating func writeOwnership(_ owner: ObjectStoreFront.Owner) {
        element("Initiator") { writer in
            writer.element("ID", owner.id)
            writer.element("DisplayName", owner.displayName)
        }
        owner.write(to: &self)
        element("StorageClass", "STANDARD")
    }

    /// Writes what checksum an upload's object will have; nothing when it will have none.
    mutating func writeChecksum(of plan: MultipartPlan) {
        guard let algorithm = plan.checksumAlgorithm else { return }
        element("ChecksumAlgorithm", algorithm.rawValue)
        element("ChecksumType", plan.checksumType.rawValue)
    }
}
